"""Nachweisordner (ZIP): what lies in it under which name (`paths`), what it lacks (`contents`), and its index as PDF
(`index_pdf`). The bytes of the files are the business of the web, which knows where they lie.
"""
