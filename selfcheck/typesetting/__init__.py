"""PDFs are set by Typst in a short-lived process of their own, which can be stopped and takes its memory along.

`press` starts it and waits; `compiler` is what runs there, and the only module that loads Typst; `characters` knows
what can be printed.
"""
