"""Stände: what was frozen for a report, the links to it, and who read it when.

What a Stand says is plain data made by `reporting`; here it is kept, found again and known to be whole.
"""
