"""The frozen Stand and its ordered report."""
