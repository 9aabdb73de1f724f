"""Answers into points, the route, the checklist, the difference. Pure: no clock, no database, no page."""
