"""The modal after the form: what opening the first wave will do, before anybody is asked."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import Block, HeaderBlock, ModalView, PlainText, SectionBlock

from bot.ids import COMMAND, Callback
from bot.views import time_zones
from bot.views.invitation import Kind, question
from bot.views.message import Json, code, escaped, mrkdwn, one_line, view
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people would be asked, and who was left out."""

    people: int
    bots: int = 0
    deactivated: int = 0


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """One survey before its first wave.

    `closes_at` is when a wave opened now would close, in the manager's zone. `audience` is None while
    it is being looked up. The digest goes out on `digest_weekday` (0 is Monday) in the survey's zone.
    """

    survey_id: int
    survey_name: str
    subject: str
    kind: Kind
    closes_at: datetime
    digest_channel: str
    digest_weekday: int
    digest_hour: int
    time_zone: str
    audience: Audience | None = None


def render(facts: PreviewFacts, words: Words) -> Json:
    may_open = facts.audience is not None and facts.audience.people > 0
    blocks: list[Block] = [
        HeaderBlock(PlainText(one_line(facts.survey_name))),
        *[SectionBlock(mrkdwn(f"*{title}*\n{told}")) for title, told in _parts(facts, words)],
    ]
    return view(
        ModalView(
            title=words("Before you open it"),
            submit=words("Open the first wave now") if may_open else None,
            close=words("Later"),
            callback_id=Callback.SURVEY_PREVIEW,
            private_metadata=str(facts.survey_id),
            blocks=blocks,
        )
    )


def _parts(facts: PreviewFacts, words: Words) -> list[tuple[str, str]]:
    digest = words(
        "In {channel}, every {weekday} at {time} ({time_zone})",
        channel=f"<#{facts.digest_channel}>",
        weekday=words.weekday(facts.digest_weekday),
        time=words.hour(facts.digest_hour),
        time_zone=time_zones.readable(facts.time_zone),
    )
    later = words(
        "The survey is saved. You can open the first wave any time with {command}.",
        command=f"`{COMMAND} open {code(facts.survey_name)}`",
    )
    return [
        (words("Who is asked"), _audience(facts.audience, words)),
        (words("The question"), question(facts.kind, escaped(facts.subject), words)),
        (words("Open until"), words.moment(facts.closes_at)),
        (words("Weekly digest"), digest),
        (words("Not now?"), later),
    ]


def _audience(audience: Audience | None, words: Words) -> str:
    if audience is None:
        return words("Looking up who is in the audience…")
    if not audience.people:
        return words(
            "Nobody: the channels and people hold only bots, deactivated accounts, or nobody I can see. If a "
            "channel is private, invite me there."
        )
    asked = words.plural(
        "{n} person gets one direct message.", "{n} people get one direct message each.", audience.people
    )
    left_out = [
        words.plural("{n} bot", "{n} bots", audience.bots) if audience.bots else "",
        words.plural("{n} deactivated account", "{n} deactivated accounts", audience.deactivated)
        if audience.deactivated
        else "",
    ]
    if not any(left_out):
        return asked
    rest = words("Left out: {left_out}.", left_out=", ".join(filter(None, left_out)))
    return f"{asked} {rest}"


_READY = PreviewFacts(
    survey_id=7,
    survey_name="Acme customers",
    subject="Acme",
    kind="customers",
    closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC),
    digest_channel="C1",
    digest_weekday=0,
    digest_hour=9,
    time_zone="America/New_York",
    audience=Audience(people=38, bots=2, deactivated=1),
)

EXAMPLES = {
    "ready": _READY,
    "looking up": replace(_READY, audience=None),
    "one person": replace(_READY, audience=Audience(people=1)),
    "nobody": replace(_READY, audience=Audience(people=0, bots=2)),
}
