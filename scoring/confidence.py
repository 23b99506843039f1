"""How sure an interval is to hold the truth, where nobody says otherwise. It needs nothing else, so that a command's help may tell it."""

DEFAULT_CONFIDENCE = 0.95
