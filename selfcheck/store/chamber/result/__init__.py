"""The result of an audit, what of it is released to the town, and how a chamber works."""
