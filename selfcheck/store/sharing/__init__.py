"""Frozen Stände and the links to their reports."""
