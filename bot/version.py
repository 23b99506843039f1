"""Which release this is."""

from importlib import metadata


def version() -> str:
    """Return the version of the installed package, such as "0.1.0"."""
    return metadata.version("nps-bot")
