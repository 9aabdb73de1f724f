"""Three towns, an office and two advisors to look around with: made through the product's own pages, never in a folder
that holds anything. See __main__.
"""
