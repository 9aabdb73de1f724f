"""What becomes a PDF: each module turns a report into the manuscript of one, as plain data for a template."""
