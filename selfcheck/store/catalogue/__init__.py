"""The questionnaires and chambers on the disk, read once."""
