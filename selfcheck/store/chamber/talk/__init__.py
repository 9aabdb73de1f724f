"""What goes to and fro between a chamber and a town: Rückfragen, recommendations, good examples."""
