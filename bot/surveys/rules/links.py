"""What a manager writes of the links for promoters: a line each, an address and what its button says."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.surveys.rules.reasons import BETWEEN_NAMES
from bot.wording import DEFAULT_LOCALES
from storage.question import Offered
from storage.words import MOST_LINKS

LABEL_LENGTH = 75
"""Slack's button holds no more."""
URL_LENGTH = 3000


class WrongLinks(Exception):  # noqa: N818 - shown beside the field
    """What is wrong with them: a word for it."""


def links(lines: Sequence[str], language: str) -> tuple[Offered, ...]:
    """Read the lines, the label in the survey's own language first. Raises WrongLinks.

    >>> links(["https://example.com/review Rate us | Notez-nous"], "en")
    (Offered(key='https://example.com/review', names=(('en', 'Rate us'), ('fr', 'Notez-nous'))),)
    """
    languages = [language, *(one for one in DEFAULT_LOCALES if one != language)]
    found: list[Offered] = []
    for line in lines:
        url, _, label = line.strip().partition(" ")
        if not url:
            continue
        labels = [" ".join(one.split()) for one in label.split(BETWEEN_NAMES, len(languages) - 1)]
        names = tuple((one, said) for one, said in zip(languages, labels, strict=False) if said)
        if not _is_secure(url):
            raise WrongLinks("address")
        if not names:
            raise WrongLinks("label_missing")
        if any(len(said) > LABEL_LENGTH for said in labels):
            raise WrongLinks("label_too_long")
        if any(url == other.key for other in found):
            raise WrongLinks("twice")
        found.append(Offered(url, names))
    if len(found) > MOST_LINKS:
        raise WrongLinks("too_many")
    return tuple(found)


def written(offered: Sequence[Offered]) -> list[str]:
    """Write links as `links` reads them."""
    return [f"{one.key} {f' {BETWEEN_NAMES} '.join(said for _, said in one.names)}" for one in offered]


def _is_secure(url: str) -> bool:
    """Whether this is an address that begins with https:// and names a host, without a password in it.

    >>> [_is_secure(one) for one in ("https://example.com/a", "http://example.com", "https://u:p@example.com", "https://")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return (
        has_host
        and parts.scheme == "https"
        and "@" not in parts.netloc
        and url.isprintable()
        and len(url) <= URL_LENGTH
    )
