"""Every table, once; one module per subject. Rows never leave the store."""
