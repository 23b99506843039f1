"""What a person typed, as it may stand in a line or a block: it needs no library, so that an export may use it."""

from storage.words import NAME_LENGTH


def one_line(typed: str, limit: int = NAME_LENGTH) -> str:
    """Cut what a person typed to one line of at most `limit` characters, for plain_text."""
    line = " ".join(typed.split()) or "…"
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def lines(typed: str, limit: int) -> str:
    """Cut what a person typed to at most `limit` characters, and keep its lines, for plain_text."""
    written = typed.strip() or "…"
    return written if len(written) <= limit else f"{written[: limit - 1].rstrip()}…"
