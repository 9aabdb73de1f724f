"""What a municipality is before the audit, and which audit it is, as people say it."""

from __future__ import annotations

CENTRALITIES = {
    "oberzentrum": "Oberzentrum",
    "mittelzentrum": "Mittelzentrum",
    "unterzentrum": "Unterzentrum",
    "kleinzentrum": "Kleinzentrum",
    "grundzentrum": "Grundzentrum",
    "keine": "kein zentraler Ort",
    "verwaltungsgemeinschaft": "Verwaltungsgemeinschaft",
}
"""Those that are known; where nobody knows, each page says so in its own words."""
AUDITS = {"first": "Erstauditierung", "renewal": "Re-Auditierung"}
