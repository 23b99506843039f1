"""The modal after the form: what opening the first wave will do, before anybody is asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, ModalView, PlainText, SectionBlock

from bot.answers.rules.drivers import name_of
from bot.answers.views.invitation import question
from bot.answers.views.kept_for import time_span
from bot.ids import COMMAND, ActionId, Callback
from bot.kit.views import notices, time_zones
from bot.message import Json, Message, code, escaped, mrkdwn, view
from bot.surveys.rules.limits import DAYS_OF_THE_SHORTEST_MONTH
from bot.surveys.rules.steps import FormStep
from bot.surveys.views.follow_up import WITH_WHOM
from bot.surveys.views.rhythm import is_shorter_than, next_wave, often, reminded
from bot.surveys.views.what_is_asked import LANGUAGES
from bot.typed import one_line
from bot.waves.rules.eligibility import AudienceCount
from bot.waves.views.who_is_asked import anonymous_lines, who_is_asked
from bot.wording import Words, words_for
from storage.question import Offered, Question, Wording, usual
from storage.words import QUARANTINE_DAYS, FollowUp, Kind, LeftOutBecause, Rhythm


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """One survey before it is saved; `problem` says why nobody knows who is in its audience.

    `opens_at` is now, `closes_at` is when a wave opened now would close, `next_opens_at` when the one after it would open, all in the
    manager's zone. `audience` is None while it is being looked up; it does not matter when one question is to stand in
    `open_channel`. The digest goes out on `digest_weekday` (0 is Monday) in the survey's zone. `offered` are the drivers that people may tick. `every_weeks` counts for
    the rhythm WEEKS alone.
    """

    draft_id: int
    survey_name: str
    asked: Question
    opens_at: datetime
    closes_at: datetime
    digest_channel: str | None
    digest_weekday: int
    digest_hour: int
    time_zone: str
    result_at_closing: bool = False
    audience: AudienceCount | None = None
    open_channel: str | None = None
    is_anonymous: bool = False
    minimum: int | None = None
    rhythm: Rhythm = Rhythm.ONCE
    every_weeks: int = 1
    next_opens_at: datetime | None = None
    reminders: int = 1
    quarantine_days: int = QUARANTINE_DAYS
    offered: tuple[Offered, ...] = ()
    follow_up_channel: str | None = None
    follow_up_with: FollowUp = FollowUp.DETRACTORS
    keep_days: int | None = None
    problem: Callable[[Words], Message] | None = None


def render(facts: PreviewFacts, words: Words) -> Json:
    """Make the modal; while the audience is looked up, or asks nobody, it has no button to open a wave."""
    may_open = bool(facts.open_channel or (facts.audience and facts.audience.may_open))
    blocks: list[Block] = [
        HeaderBlock(PlainText(one_line(facts.survey_name))),
        *[SectionBlock(mrkdwn(f"*{title}*\n{told}")) for title, told in _parts(facts, words)],
        ActionsBlock(
            [
                Button(words("Save for later"), action_id=ActionId.SAVE_FOR_LATER),
                Button(words("Back"), action_id=ActionId.FORM_BACK, value=str(FormStep.NEWS.value)),
            ]
        ),
    ]
    return view(
        ModalView(
            title=words("Before it is saved"),
            submit=words("Save and open it now") if may_open else None,
            close=words("Cancel"),
            callback_id=Callback.SURVEY_PREVIEW,
            private_metadata=str(facts.draft_id),
            blocks=blocks,
        )
    )


def _parts(facts: PreviewFacts, words: Words) -> list[tuple[str, str]]:
    return [
        (words("Who is asked"), _who(facts, words)),
        (words("The question"), _question(facts.asked, words)),
        (
            words("The reasons that people may tick"),
            " · ".join(escaped(name_of(one, words)) for one in facts.offered),
        ),
        (words("When"), _when(facts, words)),
        (words("Open until"), words.moment(facts.closes_at)),
        (words("Digest and result"), _news(facts, words)),
        *_after(facts, words),
        (words("Not now?"), _not_now(facts, words)),
    ]


def _question(asked: Question, words: Words) -> str:
    """Word it in the manager's language, and say what those read who read another."""
    lines = [question(asked, words, escaped)]
    for language, name in LANGUAGES.items():
        if language == words.locale.language:
            continue
        theirs = question(asked, words_for(language), escaped)
        told = (
            words("People who read {language} read the same.", language=words(name))
            if theirs == lines[0]
            else words("In {language}: {question}", language=words(name), question=theirs)
        )
        lines.append(f"_{told}_")
    return "\n".join(lines)


def _news(facts: PreviewFacts, words: Words) -> str:
    """Say where answers and results are told, and when."""
    if facts.digest_channel is None:
        return words("No channel hears of it; when a wave closes, you get its result in a message.")
    digest = words(
        "In {channel}, on {weekday} at {time} ({time_zone}), in weeks that bring news.",
        channel=f"<#{facts.digest_channel}>",
        weekday=words.weekday(facts.digest_weekday),
        time=words.hour(facts.digest_hour),
        time_zone=time_zones.readable(facts.time_zone),
    )
    if facts.result_at_closing:
        result = words("Its result comes there when a wave closes, and to you in a message.")
    else:
        result = words(
            "A wave's result comes there with the next digest, and to you in a message as it closes."
        )
    return f"{digest} {result}"


def _after(facts: PreviewFacts, words: Words) -> list[tuple[str, str]]:
    """Say who is followed up, and when what people said goes; nothing of what does not happen."""
    parts = []
    if facts.follow_up_channel:
        told = words(
            "{channel} reads who may be contacted. Asked that: {who}.",
            channel=f"<#{facts.follow_up_channel}>",
            who=words(WITH_WHOM[facts.follow_up_with]),
        )
        parts.append((words("Follow-up"), told))
    if facts.keep_days:
        told = words(
            "Answers, comments and names are erased {time_span} after each wave; its result stays.",
            time_span=time_span(facts.keep_days, words),
        )
        parts.append((words("Kept for how long"), told))
    return parts


def _who(facts: PreviewFacts, words: Words) -> str:
    if facts.open_channel:
        place = words(
            "One message in {channel}; anyone there can answer.", channel=f"<#{facts.open_channel}>"
        )
        return f"{place}\n{_with_names(words)}"
    if facts.problem:
        return facts.problem(words).text
    if facts.audience is None:
        return words("Looking up who is in the audience…")
    lines = who_is_asked(facts.audience, facts.quarantine_days, facts.rhythm, words)
    if facts.is_anonymous:
        lines += anonymous_lines(facts.audience, facts.minimum, words)
    else:
        lines.append(_with_names(words))
    return "\n".join(lines)


def _with_names(words: Words) -> str:
    return words("They answer with names: managers see who chose what.")


def _when(facts: PreviewFacts, words: Words) -> str:
    lines = [often(facts.rhythm, facts.every_weeks, words)]
    if facts.rhythm in {Rhythm.MONTHLY, Rhythm.QUARTERLY} and facts.opens_at.day > DAYS_OF_THE_SHORTEST_MONTH:
        lines[0] += " " + words("In a month that is shorter, it opens on the last day.")
    if facts.next_opens_at:
        lines[0] += f" {next_wave(facts.next_opens_at, words)}"
    if not facts.open_channel:
        lines.append(reminded(facts.reminders, words))
        if is_shorter_than(facts.quarantine_days, facts.rhythm, facts.every_weeks):
            lines.append(
                words.plural(
                    "Each person is asked at most once in {n} day, so each wave asks those whose turn has come.",
                    "Each person is asked at most once in {n} days, so each wave asks those whose turn has come.",
                    facts.quarantine_days,
                )
            )
    return "\n".join(lines)


def _not_now(facts: PreviewFacts, words: Words) -> str:
    later = words(
        "Save it for later, and open the first wave any time with {command}.",
        command=f"`{COMMAND} open {code(facts.survey_name)}`",
    )
    if facts.rhythm is Rhythm.ONCE:
        return later
    since = words("It repeats from the day on which you do.")
    return f"{later} {since}"


_READY = PreviewFacts(
    draft_id=3,
    survey_name="Acme customers",
    asked=Question(Kind.CUSTOMERS, "Acme"),
    offered=usual(Kind.CUSTOMERS),
    opens_at=datetime(2025, 11, 24, 9, 0, tzinfo=UTC),
    closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC),
    digest_channel="C1",
    digest_weekday=0,
    digest_hour=9,
    time_zone="America/New_York",
    audience=AudienceCount(people=38, left_out={LeftOutBecause.BOT: 2, LeftOutBecause.DEACTIVATED: 1}),
)
_REPEATING = replace(
    _READY,
    audience=AudienceCount(
        people=38,
        later=6,
        left_out={
            LeftOutBecause.BOT: 2,
            LeftOutBecause.DEACTIVATED: 1,
            LeftOutBecause.NEVER_SIGNED_IN: 3,
            LeftOutBecause.STRANGER: 2,
            LeftOutBecause.GUEST: 3,
            LeftOutBecause.OPTED_OUT: 2,
            LeftOutBecause.QUARANTINED: 12,
            LeftOutBecause.UNKNOWN: 1,
        },
    ),
    rhythm=Rhythm.WEEKS,
    every_weeks=2,
    next_opens_at=datetime(2025, 12, 8, 9, 0, tzinfo=UTC),
    reminders=2,
)

EXAMPLES = {
    "ready": _READY,
    "looking up": replace(_READY, audience=None),
    "one person": replace(_READY, audience=AudienceCount(people=1), reminders=0),
    "nobody": replace(
        _READY,
        audience=AudienceCount(people=0, left_out={LeftOutBecause.BOT: 2, LeftOutBecause.QUARANTINED: 40}),
    ),
    "every two weeks": _REPEATING,
    "every week, without a quarantine": replace(_REPEATING, every_weeks=1, quarantine_days=0),
    "monthly": replace(_REPEATING, rhythm=Rhythm.MONTHLY),
    "monthly, from the 31st": replace(
        _REPEATING, rhythm=Rhythm.MONTHLY, opens_at=datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
    ),
    "slack does not tell": replace(
        _READY, audience=None, problem=partial(notices.slack_said_no, error="missing_scope")
    ),
    "quarterly": replace(_REPEATING, rhythm=Rhythm.QUARTERLY),
    "continuous": replace(_REPEATING, rhythm=Rhythm.CONTINUOUS),
    "continuous, on the last day of a month": replace(
        _REPEATING,
        rhythm=Rhythm.CONTINUOUS,
        audience=AudienceCount(people=0, left_out={LeftOutBecause.NOT_THEIR_TURN: 7}),
    ),
    "one open question": replace(_REPEATING, audience=None, open_channel="C1"),
    "in one language": replace(_READY, asked=Question(Kind.CUSTOMERS, "the Lisbon offsite", Wording("en"))),
    "followed up, and kept for a year": replace(
        _READY, follow_up_channel="C4", follow_up_with=FollowUp.PASSIVES, keep_days=365
    ),
    "anonymous": replace(_READY, is_anonymous=True),
    "no digest": replace(_READY, digest_channel=None),
    "the result at closing": replace(_READY, result_at_closing=True),
}
