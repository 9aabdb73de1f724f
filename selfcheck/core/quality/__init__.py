"""What an advisor would stumble over: answers, documents and goals that are there and yet not good enough.

Says which place it is and what is wrong there; it takes no points. How it is said in German is `reporting`'s business.
"""
