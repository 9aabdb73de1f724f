"""What the operator sees of self-checks, which is not their answers; appointing somebody who coordinates."""
