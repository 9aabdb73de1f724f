"""Files of pieces of evidence: `depot` keeps their bytes, `revisions` says whose they are, `room` how many there may
be, `collecting` takes away what nobody names, `virus_scan` asks a scanner.
"""
