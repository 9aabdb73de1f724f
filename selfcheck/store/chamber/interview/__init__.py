"""The interview of a case: what agenda and record say, part by part, and the finished versions of the record."""
