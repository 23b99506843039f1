"""What a manager reads after a survey was changed: what is so at once, and what from the next wave on."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class EditedFacts:
    """A survey just changed; `wave_number` is its open wave's, if it has one.

    `closes_at` is when that wave closes now, in the manager's zone, if that is later than before. `keeps_question` is
    whether another question waits for the next wave, `keeps_reasons` whether other reasons to tick do, `keeps_minimum` whether another minimum of answers does, `quotes_later` whether the digest may quote comments from then on; `asks_others` whether the audience is read again for this one.
    """

    survey_name: str
    wave_number: int | None = None
    keeps_question: bool = False
    keeps_reasons: bool = False
    keeps_minimum: bool = False
    quotes_later: bool = False
    closes_at: datetime | None = None
    asks_others: bool = False


def render(facts: EditedFacts, words: Words) -> Message:
    """Say what happens with the open wave; without one, that all is so from now on."""
    lines = [words("“{name}” is changed.", name=escaped(facts.survey_name))]
    if facts.wave_number is None:
        return sentence(lines[0])
    number = facts.wave_number
    if facts.keeps_question:
        lines.append(
            words(
                "Wave {number} keeps the question that its people were asked; the next wave asks the new one.",
                number=number,
            )
        )
    if facts.keeps_reasons:
        lines.append(
            words(
                "In wave {number} people tick the reasons that they were shown; the next wave shows the new ones.",
                number=number,
            )
        )
    if facts.keeps_minimum:
        lines.append(
            words(
                "Wave {number} shows its result from as many answers on as its people were told; the next wave tells the new "
                "number.",
                number=number,
            )
        )
    if facts.quotes_later:
        lines.append(
            words(
                "The digest quotes comments from the next wave on: the people of wave {number} were not told so.",
                number=number,
            )
        )
    if facts.closes_at:
        lines.append(
            words(
                "Wave {number} closes later: on {moment}.",
                number=number,
                moment=words.moment(facts.closes_at),
            )
        )
    if facts.asks_others:
        lines.append(
            words(
                "Wave {number} asks those who are in the audience now and were not asked yet. Who has the question "
                "keeps it.",
                number=number,
            )
        )
    lines.append(words("Rhythm and length count from the next wave on."))
    return sentence("\n".join(lines))


_OPEN = EditedFacts(survey_name="Team pulse", wave_number=2)

EXAMPLES = {
    "no wave is open": EditedFacts(survey_name="Team pulse"),
    "a wave is open": _OPEN,
    "everything changed": replace(
        _OPEN,
        keeps_question=True,
        keeps_reasons=True,
        keeps_minimum=True,
        quotes_later=True,
        closes_at=datetime(2025, 12, 12, 17, 0, tzinfo=UTC),
        asks_others=True,
    ),
}
