"""What somebody meant by the words after `/nps`."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Verb(StrEnum):
    """The words that `/nps` knows."""

    REPORT = ""
    NEW = "new"
    OPEN = "open"
    CLOSE = "close"
    WAVES = "waves"
    PAUSE = "pause"
    RESUME = "resume"
    EXPORT = "export"
    TREND = "trend"
    DRIVERS = "drivers"
    WAVE = "wave"
    SCORE = "score"
    LIST = "list"
    HELP = "help"


# People type in their own language; the help shows the English words.
_ALSO = {
    "nouveau": Verb.NEW,
    "nouvelle": Verb.NEW,
    "ouvrir": Verb.OPEN,
    "fermer": Verb.CLOSE,
    "clore": Verb.CLOSE,
    "vagues": Verb.WAVES,
    "suspendre": Verb.PAUSE,
    "reprendre": Verb.RESUME,
    "exporter": Verb.EXPORT,
    "tendance": Verb.TREND,
    "raisons": Verb.DRIVERS,
    "vague": Verb.WAVE,
    "calculer": Verb.SCORE,
    "liste": Verb.LIST,
    "aide": Verb.HELP,
    "?": Verb.HELP,
}

YOUNG = frozenset({Verb.TREND, Verb.DRIVERS, Verb.WAVE, Verb.SCORE})
"""Words that a survey of an older release may have for its name: that survey is found first."""

RESERVED = frozenset({verb.value for verb in Verb if verb.value} | set(_ALSO))


@dataclass(frozen=True)
class Command:
    """A verb, and the name of the survey it is about (empty when none was given)."""

    verb: Verb
    name: str = ""


def parse(text: str) -> Command:
    """Read the words after `/nps`; anything but a known verb is the name of a survey.

    >>> parse("close Team pulse")
    Command(verb=<Verb.CLOSE: 'close'>, name='Team pulse')
    >>> parse("Team pulse")
    Command(verb=<Verb.REPORT: ''>, name='Team pulse')
    """
    words = text.strip().split(maxsplit=1)
    if not words:
        return Command(Verb.REPORT)
    first, rest = words[0].casefold(), words[1].strip() if len(words) > 1 else ""
    known = _ALSO.get(first) or next((verb for verb in Verb if verb.value == first), None)
    return Command(known, rest) if known else Command(Verb.REPORT, text.strip())


def nearest(word: str, names: list[str]) -> str | None:
    """Return the verb or survey name that was most likely meant, if one is near.

    >>> nearest("opne", ["Acme"])
    'open'
    """
    known = {name.casefold(): name for name in [*(verb.value for verb in Verb if verb.value), *names]}
    found = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else None
