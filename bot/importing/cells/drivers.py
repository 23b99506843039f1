"""Our reasons behind the labels that other surveys gave theirs."""

from functools import lru_cache
from unicodedata import normalize

from storage.words import Driver

LONGEST_LABEL = 60

_SMALL = frozenset(
    {"and", "or", "of", "the", "et", "ou", "du", "de", "des", "la", "le", "les", "d", "l", "a", "s"}
)
_WORDS = {
    Driver.QUALITY: "product service quality|product quality|service quality|quality|"
    "qualite produit service|qualite produit|qualite service|qualite",
    Driver.EXPERIENCE: "customer experience|client experience|experience|experience client",
    Driver.SUPPORT: "service support|customer support|customer service|support|service client|support client",
    Driver.COMMUNICATION: "communication engagement|communication relation|communication",
    Driver.REPUTATION: "reputation|brand reputation|reputation marque",
    Driver.MANAGEMENT: "management leadership|encadrement direction",
    Driver.WORK: "work tools|travail outils",
    Driver.GROWTH: "growth recognition|evolution reconnaissance",
    Driver.TEAM: "team communication|equipe communication",
    Driver.BALANCE: "balance pay|equilibre remuneration",
}
_BY_WORDS = {
    frozenset(words.split()): driver for driver, names in _WORDS.items() for words in names.split("|")
}


@lru_cache(maxsize=4096)
def known_driver(label: str) -> Driver | None:
    """Give our driver for a label in English or French, None when it is none of ours.

    >>> known_driver("Qualité du produit / service")
    <Driver.QUALITY: 'quality'>
    """
    plain = "".join(c if c.isalnum() else " " for c in _without_accents(label))
    return _BY_WORDS.get(frozenset(plain.split()) - _SMALL)


def driver_of(label: str) -> str:
    """Give the value that is stored for a ticked label: our driver's, else the label, cut to LONGEST_LABEL."""
    known = known_driver(label)
    return known.value if known else " ".join(label.split())[:LONGEST_LABEL].rstrip()


def _without_accents(label: str) -> str:
    return "".join(c for c in normalize("NFKD", label) if not "\u0300" <= c <= "\u036f").casefold()
