"""What a person typed, as it may stand in a line: it needs no library, so that an export may use it."""

from storage.words import NAME_LENGTH


def one_line(typed: str, limit: int = NAME_LENGTH) -> str:
    """Cut what a person typed to one line of at most `limit` characters, for plain_text."""
    line = " ".join(typed.split()) or "…"
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
