"""Export, import, purge, forgetting names."""
