"""The chamber's side: cases of shared reports, what happens in them, and what advisors say of each question."""
