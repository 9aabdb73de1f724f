"""Accounts, and how often something may be tried."""
