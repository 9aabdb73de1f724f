"""What one browser carries: the cookie with its grants, who is signed in there, a link that is shown once. `guards`
asks; nothing here decides.
"""
