"""A self-check comes onto a newer version of its questionnaire, or a new one begins from what another one said.

What becomes of which answer says `core.renewal`; here it is written down, with its history.
"""
