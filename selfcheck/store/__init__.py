"""What outlives a request: tables and files. Knows the rules only; hands out plain values, no rows."""
