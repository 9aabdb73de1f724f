"""What a questionnaire is: criteria, questions, conditions, measures; chambers; who may take part.

Frozen values that are already right, and nothing that depends on an answer. `reading` makes them, everybody uses them.
"""
