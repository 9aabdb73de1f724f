"""Documents that can be handed over: the ordered report as PDF, Word, Excel, calendar.

One module a document, `write(report) -> File` (a PDF: `Manuscript`), and `offered` lists them. All are made of
the same `reporting.report.report.Report`: no document counts anything anew. Knows no disk, no clock and no web.
"""
