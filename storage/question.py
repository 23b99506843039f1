"""What a survey asks, in which languages: values that tables keep and views word.

It imports the standard library and our own vocabularies alone, as `storage.words` does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from storage.words import DRIVERS_OF, Kind

ANY_LANGUAGE = "any"
"""The language of a subject that is called the same in all of them, whatever it looks like."""

QUESTION_LENGTH = 150
"""Characters of a question in somebody's own words: Slack's headline holds no more."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A driver that people may tick: a survey's own has names by language, its own language first; catalogs name ours."""

    key: str
    names: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> list[Any]:
        """Give what a row holds."""
        return [self.key, [list(one) for one in self.names]]

    @classmethod
    def stored(cls, row: Sequence[Any]) -> Self:
        """Read a row."""
        key, names = row
        return cls(key, tuple((language, name) for language, name in names))


def usual(kind: Kind) -> tuple[Offered, ...]:
    """Return what people may tick where their survey names no drivers of its own."""
    return tuple(Offered(driver.value) for driver in DRIVERS_OF[kind])


ONCE_OFFERED = usual(Kind.CUSTOMERS)
"""What releases offered everybody before each wave wrote down what it offers."""


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One language's part: what people would recommend, and the whole question where it has words of its own."""

    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a question is worded beyond its subject: the language of that, the whole in own words, and other languages."""

    language: str
    text: str = ""
    others: tuple[tuple[str, QuestionText], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give what a row holds."""
        others = {language: {"subject": one.subject, "text": one.text} for language, one in self.others}
        return {"language": self.language, "text": self.text, "others": others}

    @classmethod
    def stored(cls, row: Mapping[str, Any]) -> Self:
        """Read a row; what this release does not know is passed over."""
        others = tuple(
            (language, QuestionText(one.get("subject", ""), one.get("text", "")))
            for language, one in sorted(row.get("others", {}).items())
        )
        return cls(row["language"], row.get("text", ""), others)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Without a wording, as releases before it stored it, the subject is the same in every language."""

    kind: Kind
    subject: str
    wording: Wording | None = None
    drivers: tuple[Offered, ...] = ()

    def ticked(self, keys: Collection[str]) -> tuple[Offered, ...]:
        """Return those of the drivers with these keys that it offers, in its own order."""
        return tuple(one for one in self.drivers if one.key in keys)

    def told_in(self, language: str) -> tuple[str, QuestionText]:
        """Return in which language somebody reads the question, and its words there.

        A person with another language reads all of it as it was written, and not half in each.

        >>> offsite = Question(Kind.CUSTOMERS, "the Lisbon offsite", Wording("en"))
        >>> offsite.told_in("fr")
        ('en', QuestionText(subject='the Lisbon offsite', text=''))
        >>> Question(Kind.CUSTOMERS, "Acme", Wording("en")).told_in("fr")
        ('fr', QuestionText(subject='Acme', text=''))
        """
        if self.wording is None:
            return language, QuestionText(self.subject)
        default = QuestionText(self.subject, self.wording.text)
        other = dict(self.wording.others).get(language, QuestionText())
        if language == self.wording.language:
            return language, default
        if other.text:
            return language, other
        if default.text:
            return self.wording.language, default
        if other.subject or is_name(self.subject) or self.wording.language == ANY_LANGUAGE:
            return language, QuestionText(other.subject or self.subject)
        return self.wording.language, default


def is_name(subject: str) -> bool:
    """Say whether each word begins as names do, so that it is called the same in every language.

    >>> [is_name(one) for one in ("Acme", "Acme Cloud 2", "the Lisbon offsite")]
    [True, True, False]
    """
    return all(word[0].isupper() or word[0].isdigit() or not word[0].isalpha() for word in subject.split())
