"""One file that people write: its text with its lines, the keys and kinds of value it may hold, and every fault."""
