"""What happened, read; Stände; putting back; taking out."""
