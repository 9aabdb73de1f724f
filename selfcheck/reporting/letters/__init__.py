"""What goes by mail, in words: subject and text. Who gets it, and when, is not decided here."""
