"""What everything has in common that is saved piece by piece, each piece with a version of its own."""
