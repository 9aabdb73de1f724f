"""One protocol for everything that is saved piece by piece: what came, what to write, both values of a conflict, and
the answer to our own script.

A subject makes a `SubmittedPart` of what came with its form (`submitted`) and hands all parts of the request to `save`
(`protocol`). It says how a conflict of its parts is shown (`conflicts`); the rest is the same for all of them.
"""
