"""What happened, in words: a change before and after, where two texts differ, what happened in the team, what was taken
out.
"""
