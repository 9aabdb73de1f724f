"""The result of an audit: recorded, prepared, read over, shown to the town; and how a chamber works."""
