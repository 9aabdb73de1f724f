"""What `flask …` offers on the command line."""
