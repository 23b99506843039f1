"""Text, as every database takes it."""

UNIT_SEPARATOR = "\x1f"
"""ASCII's own, which nobody types: it stands between names that are written in one text."""


def storable(text: str) -> str:
    r"""Return the text without what no database takes and without the white space around it.

    That is the null character and half of a character: `" half \ud83d a face\0"` becomes `"half  a face"`.
    """
    return text.encode(errors="ignore").decode().replace("\0", "").strip()
