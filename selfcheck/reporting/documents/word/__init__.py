"""What all Word files are made of: styles, the elements that python-docx lacks, and the sheet around every text."""
