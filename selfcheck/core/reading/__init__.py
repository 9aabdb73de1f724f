"""Text of files into values, or every fault of theirs with its line, in German.

`yaml_lines` reads YAML, `values` knows the kinds of value, `keys` the keys of every file, `check` compares the two.
Above them stands one module per file: `questionnaire` (with `question`, `condition` and `mentions`), `published`,
`chambers`, `answers`, `examples`. Nothing here opens a file. Called by the catalogue and the commands.
"""
