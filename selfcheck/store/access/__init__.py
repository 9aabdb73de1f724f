"""Who may open a self-check: grants of browsers and accounts, places, the links to them; beginning and deleting one.

A place is made here, whoever it is for; asking and inviting people is `team`, the report behind a reader's link is
`sharing`. Whether somebody may do something is for `core.permissions` to decide.
"""
