"""The connection and its transactions, every table once (`tables`), the migrations; times, secrets, limits.

Knows nothing of what the tables mean. Whatever lies there damaged is raised as `DamagedRow` by the column
that reads it.
"""
