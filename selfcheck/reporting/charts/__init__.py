"""Points as pictures: every picture is rows of plain values, and says the same as a table or a list.

`charts` are the bars with their segments, `figures` the figure that a page's script draws of them, put together by
`plotly_figure` in a process of its own, `scale` the numbers below. `bridge` leads from today to the mark, `fields`
shows all questions, `trend` the Stände. How something looks is the business of templates and scripts.
"""
