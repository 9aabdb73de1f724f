"""The chamber's side in words."""
