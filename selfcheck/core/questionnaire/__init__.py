"""What a questionnaire is: questions, criteria, chambers, who may take part."""
