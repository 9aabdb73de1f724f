"""Who takes part: places as the coordination sees them, inviting, the part of an office, comments, handing over; what
was done towards others."""
