"""The questionnaires and chambers on the disk, read once per process. Knows no database."""
