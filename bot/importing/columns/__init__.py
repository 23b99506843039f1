"""Which column holds what: the score, the words, the reasons, the person, the moment."""
