"""What a PDF of ours is measured against: the same lines as plain paragraphs, by Typst in our fonts and standards.

`python -m benchmarks.bare_pdf FONTS`: the lines of each page come in as JSON, the PDF goes out.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

from selfcheck.typesetting.compiler import STANDARDS

TEMPLATE = """
#set document(title: "Bericht", author: "Musterstadt", date: datetime(year: 2027, month: 2, day: 8))
#set text(font: ("Fira Sans", "DejaVu Sans"), size: 9pt, lang: "de", hyphenate: true)
#set page(paper: "a4", margin: 20mm, numbering: "Seite 1 von 1")
#set par(spacing: 0.6em)
#for (number, lines) in json(bytes(sys.inputs.data)).enumerate(start: 1) [
  = Seite #number
  #for line in lines { par(line) }
  #pagebreak(weak: true)
]
"""


def main() -> int:
    asked = json.load(sys.stdin.buffer)["data"]["pages"]
    made = typst.compile(
        TEMPLATE.encode(),
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(sys.argv[1])]
        ),
        format="pdf",
        sys_inputs={"data": json.dumps(asked)},
        pdf_standards=STANDARDS,
        timestamp=datetime(2027, 2, 8, tzinfo=UTC),
    )
    if isinstance(made, bytes):
        sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
