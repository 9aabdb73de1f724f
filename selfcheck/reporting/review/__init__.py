"""The chamber's side in German words."""
