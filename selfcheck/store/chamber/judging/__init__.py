"""What advisors say of each question of a shared Stand, for themselves: judgements, private notes, text blocks."""
