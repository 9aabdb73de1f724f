"""Points as bars: the rows with their segments (`charts`), and the figure that a page's script draws (`figures`).

How a bar looks is the business of templates and scripts.
"""
