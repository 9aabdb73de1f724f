"""Fragen (Excel): questions that are filled in offline, out and back.

`writing` makes the file and `piece_writing` its sheet of evidence, `reading` and `piece_reading` take it apart again,
cell by cell (`cells`); `archive` lets nothing in that is larger than such a file can be.

Knows no disk, no clock and no web; what is written is decided where every other form is.
"""
