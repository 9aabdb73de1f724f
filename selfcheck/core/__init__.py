"""The rules: values in, values out. No web, no database, no disk, no clock."""

RULES_VERSION = 1
"""Rises when the same answers could give other points."""
