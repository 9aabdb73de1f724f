"""What goes by mail, in words."""
