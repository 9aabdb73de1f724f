"""Prüfgespräch: one table that is the agenda before the interview and its record after it."""
