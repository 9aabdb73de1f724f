"""Who takes part: places, invitations, assignments, comments, offices, handing over."""
