"""Selbstcheck: where a town stands before the audit „Ausgezeichneter Wohnort für Fachkräfte“."""
