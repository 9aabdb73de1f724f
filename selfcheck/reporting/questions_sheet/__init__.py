"""Fragen (Excel): questions that are filled in offline, out and back.

`writing` makes the file, `reading` takes it apart again, `archive` lets nothing in that is larger than such a file can
be. Knows no disk, no clock and no web; what is written is decided where every other form is.
"""
