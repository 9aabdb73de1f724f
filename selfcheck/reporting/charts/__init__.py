"""Points as bars and figures."""
