"""The chamber's side: cases and what is said in them, recommendations, agenda and record, results."""
