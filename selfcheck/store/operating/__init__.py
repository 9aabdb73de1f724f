"""What the operator sees of self-checks."""
