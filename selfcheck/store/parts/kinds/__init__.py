"""What sorts of parts there are: how each is found, changed, told, brought back, taken out, read and exported."""
