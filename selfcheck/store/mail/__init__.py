"""The outbox, its delivery, and who is reminded of what. What a mail says is written by whoever puts it in."""
