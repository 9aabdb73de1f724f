"""The request: who asks and may (guards, cookie, accounts), how often, what time it is; errors and headers.

`load` holds how much the server takes at once.
"""
