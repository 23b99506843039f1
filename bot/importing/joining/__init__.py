"""Files in which an answer takes several rows, one for each question: joined before they are read."""
