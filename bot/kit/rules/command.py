"""What somebody meant by the words after `/nps`."""

from collections.abc import Sequence
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
    EDIT = "edit"
    PAUSE = "pause"
    RESUME = "resume"
    REOPEN = "reopen"
    END = "end"
    DELETE = "delete"
    EXPORT = "export"
    SETTINGS = "settings"
    TREND = "trend"
    DRIVERS = "drivers"
    SEGMENTS = "segments"
    COMPARE = "compare"
    COMMENTS = "comments"
    WHO = "who"
    CASES = "cases"
    ACTIONS = "actions"
    WAVE = "wave"
    SCORE = "score"
    LIST = "list"
    ME = "me"
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
    "rouvrir": Verb.REOPEN,
    "modifier": Verb.EDIT,
    "terminer": Verb.END,
    "supprimer": Verb.DELETE,
    "exporter": Verb.EXPORT,
    "réglages": Verb.SETTINGS,
    "reglages": Verb.SETTINGS,
    "paramètres": Verb.SETTINGS,
    "tendance": Verb.TREND,
    "raisons": Verb.DRIVERS,
    "groupes": Verb.SEGMENTS,
    "comparer": Verb.COMPARE,
    "commentaires": Verb.COMMENTS,
    "qui": Verb.WHO,
    "suivis": Verb.CASES,
    "mesures": Verb.ACTIONS,
    "vague": Verb.WAVE,
    "calculer": Verb.SCORE,
    "liste": Verb.LIST,
    "moi": Verb.ME,
    "aide": Verb.HELP,
    "?": Verb.HELP,
}

YOUNG = frozenset(
    {
        Verb.TREND,
        Verb.DRIVERS,
        Verb.SEGMENTS,
        Verb.COMPARE,
        Verb.COMMENTS,
        Verb.WHO,
        Verb.CASES,
        Verb.ACTIONS,
        Verb.WAVE,
        Verb.SCORE,
        Verb.EDIT,
        Verb.REOPEN,
        Verb.END,
        Verb.DELETE,
        Verb.SETTINGS,
        Verb.ME,
    }
)
"""Words that a survey of release 0.1 may have for its name: that survey is found first."""

FOR_EVERYONE = frozenset(
    {
        Verb.REPORT,
        Verb.TREND,
        Verb.DRIVERS,
        Verb.SEGMENTS,
        Verb.COMPARE,
        Verb.WAVE,
        Verb.SCORE,
        Verb.LIST,
        Verb.ME,
        Verb.HELP,
    }
)
"""What anybody may do. The rest is for managers."""

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


def prefixes(words: Sequence[str]) -> list[str]:
    """Give what a name at the beginning may be, the longest first.

    >>> prefixes(["team", "pulse", "promoters"])
    ['team pulse promoters', 'team pulse', 'team']
    """
    return [" ".join(words[:length]) for length in range(len(words), 0, -1)]


def nearest(
    typed: str, names: Sequence[str], *, verb: Verb = Verb.REPORT, manages: bool = False
) -> str | None:
    """Return the words after `/nps` that were most likely meant, if some are near; never what this person may not do.

    What was typed after a verb keeps it. Without one it may be a verb, a survey's name, or both.

    >>> nearest("opne", ["Acme"], manages=True)
    'open'
    >>> nearest("Tem pulse", ["Team pulse"], verb=Verb.CLOSE, manages=True)
    'close Team pulse'
    >>> nearest("clsoe Tem pulse", ["Team pulse"], manages=True)
    'close Team pulse'
    """
    if verb is not Verb.REPORT:
        name = _near(typed, names)
        return f"{verb} {name}" if name else None
    verbs = [each.value for each in Verb if each.value and (manages or each in FOR_EVERYONE)]
    meant = _near(typed.strip().partition(" ")[0], verbs)
    both = [f"{meant} {name}" for name in names] if meant else []
    return _near(typed, [*verbs, *names, *both])


def _near(word: str, known: Sequence[str]) -> str | None:
    by_key = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), by_key, n=1, cutoff=0.6)
    return by_key[found[0]] if found else None
