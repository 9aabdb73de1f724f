"""The request: who asks and may (guards, cookie, accounts), how often, what time it is; errors and headers."""
