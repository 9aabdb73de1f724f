"""All data of one self-check as a file, a new one from such a file; what goes after its time, and names that go sooner.

The file's shape is that of `models`; what is in it follows the kinds of parts.
"""
