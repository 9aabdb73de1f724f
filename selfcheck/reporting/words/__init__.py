"""One value in German: an answer, an author, a verdict, a difference of texts. No pages, no lists of everything."""
