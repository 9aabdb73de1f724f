"""Answers into points, the route, the checklist, the difference between two states.

Whoever wants to know where a municipality stands makes one `situation.Situation` and asks it; the other modules are its
steps. Pure: values in, values out; today is an argument. German words stand here only where a rule writes them itself:
the reason of points, the text of a step.
"""
