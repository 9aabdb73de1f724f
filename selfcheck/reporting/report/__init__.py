"""The frozen Stand and the ordered document that is made of it; the way to the mark as it is shown and frozen.

Points are those of the Stand and never counted anew. Pages and documents draw what stands here; they add nothing.
"""
