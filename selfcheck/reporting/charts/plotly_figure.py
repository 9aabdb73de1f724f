"""A figure put together by plotly, as a program of its own: what it is made of comes in as JSON, the figure goes out.

It stands alone: plotly takes 16 MB, and a worker that loaded it would hold them for one figure that never changes.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Ends with an error where plotly does not know a property."""
    # Not at the top: whoever goes over all modules of this floor does without it.
    from plotly import graph_objects

    drawn = graph_objects.Figure(**json.load(sys.stdin)).to_plotly_json()
    # Python's default template would bring colours of its own.
    layout = {name: value for name, value in drawn["layout"].items() if name != "template"}
    json.dump({"data": drawn["data"], "layout": layout}, sys.stdout)


if __name__ == "__main__":
    main()
