"""Files into values, or every fault of theirs with its line."""
