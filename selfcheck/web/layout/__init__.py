"""What stands around every page: the frame, words and macros of the templates, fields and tables, and the steps of a
checklist for whatever shows them."""
