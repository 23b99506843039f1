"""One cell: a score, words, ticked reasons, a total; and the words and keys by which it is known."""
