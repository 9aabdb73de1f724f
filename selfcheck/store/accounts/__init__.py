"""Accounts as the pages know them, what changes them, and how often something may be tried.

Which self-checks an account opens is `access`; passwords are hashed and sessions kept by the pages.
"""
