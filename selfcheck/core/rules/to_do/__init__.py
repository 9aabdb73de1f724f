"""What to do until when: the steps of the checklist, their words, and on which days somebody is reminded."""
