"""Files that people send: what they are by what stands in them, what they are called, and why one is refused."""
