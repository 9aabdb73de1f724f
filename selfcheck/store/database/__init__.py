"""The connection, every table once (`tables`), times, tokens, limits, what is damaged, the migrations."""
