"""What outlives a request: tables and files. Knows the rules only; hands out frozen values, no rows.

Every room stands on `database`; what is said in a self-check lies in `parts`. What a room takes from another is
listed in `pyproject.toml`. Reads take the request's connection (`reading`), writes one transaction (`writing`). Pages
let in whoever asks; writes of parts also say what is allowed.
"""
