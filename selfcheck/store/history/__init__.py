"""What happened, read; moments with a name and what stood there then; putting back; taking a text out everywhere.

Lines of the history are appended by `parts`, where something is saved; nothing here changes one, but for texts that are
taken out.
"""
