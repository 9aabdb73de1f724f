"""Prüfansicht: the town's statement question by question, and what the chamber says of it."""
