"""Goals that were agreed: when to ask what became of them, and what they are in the next audit."""
