"""What becomes of answers in a new self-check, or in a newer version of the questionnaire."""
