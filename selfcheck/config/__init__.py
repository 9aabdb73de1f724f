"""The settings: read from the environment, refused where they are unsafe."""
