"""One value in German: a number, a name, an answer, an author, a verdict, a change, a difference of two texts.

No pages, no lists of everything: what stands where in a document is `report`'s business. Called by pages, letters,
reports and charts alike, so that the same thing is called the same everywhere.
"""
