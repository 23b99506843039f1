"""`/nps waves`: how far each open wave has come, what went wrong, and what opens next."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ConfirmationDialogue,
    ContextBlock,
    DividerBlock,
    Element,
    HeaderBlock,
    PlainText,
    SectionBlock,
)

from bot.delivery.views.report import failure_lines, uncertain_line
from bot.ids import COMMAND, ActionId
from bot.message import Message, code, escaped, first_lines, message, mrkdwn, sections
from bot.waves.views.before_closing import from_then_on, unanswered
from bot.waves.views.left_out import left_out_line
from bot.waves.views.opened import EXAMPLES as OPENED
from bot.waves.views.opened import OpenedFacts, head, interruption, pause_or_resume, where_it_stands
from bot.wording import Words

WAVES_SHOWN = 10
UPCOMING_SHOWN = 20
REDRAWN_SHOWN = 5


@dataclass(frozen=True, slots=True)
class UpcomingFacts:
    """The next wave of a survey that repeats; `opens_at` is in the manager's zone."""

    survey_name: str
    opens_at: datetime
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class RedrawnFacts:
    """A wave that has closed: the messages of `left` people still have their buttons."""

    survey_name: str
    wave_number: int
    left: int


@dataclass(frozen=True, slots=True)
class WavesFacts:
    """The open waves, what opens next, soonest first, and the closed ones whose messages do not all look closed yet.

    `more` waves are open that were not read, and `more_upcoming` surveys repeat likewise.
    """

    waves: tuple[OpenedFacts, ...]
    upcoming: tuple[UpcomingFacts, ...] = ()
    redrawn: tuple[RedrawnFacts, ...] = ()
    more: int = 0
    more_upcoming: int = 0


def render(facts: WavesFacts, words: Words) -> Message:
    """Make a part for each of the first `WAVES_SHOWN` waves, with its buttons, then what opens next."""
    many = len(facts.waves) + facts.more
    title = words.plural("{n} open wave", "{n} open waves", many)
    lines, blocks = [title], list[Block]([HeaderBlock(PlainText(title))])
    if not facts.waves:
        nothing = words("No wave is open. To open one, type {command}.", command=_command("open", words))
        lines, blocks = [nothing], [SectionBlock(mrkdwn(nothing))]
    for wave in facts.waves[:WAVES_SHOWN]:
        name, told = head(wave, words), _told(wave, words)
        lines += [name, *told]
        blocks += [
            SectionBlock(mrkdwn("\n".join([f"*{name}*", *told]))),
            ActionsBlock(_buttons(wave, words)),
            DividerBlock(),
        ]
    if many > WAVES_SHOWN:
        more = words.plural("And {n} more.", "And {n} more.", many - WAVES_SHOWN)
        by_name = words("Type {command} and a name to read any of them.", command=f"`{COMMAND}`")
        lines.append(f"{more} {by_name}")
        blocks.append(ContextBlock([mrkdwn(lines[-1])]))
    if facts.upcoming:
        next_ones = [_upcoming(each, words) for each in facts.upcoming[:UPCOMING_SHOWN]]
        if later := len(facts.upcoming) + facts.more_upcoming - len(next_ones):
            next_ones.append(words.plural("And {n} more.", "And {n} more.", later))
        opens_next = words("What opens next")
        lines += [opens_next, *next_ones]
        blocks += sections([f"*{opens_next}*", *next_ones])
    if left := [_redrawn(each, words) for each in facts.redrawn[:REDRAWN_SHOWN] if each.left]:
        lines += left
        blocks.append(ContextBlock([mrkdwn("\n".join(left))]))
    return message(first_lines(lines), blocks)


def _redrawn(each: RedrawnFacts, words: Words) -> str:
    return words.plural(
        "Wave {number} of “{survey}” is closed. The question of {n} person still has its buttons; it loses them soon.",
        "Wave {number} of “{survey}” is closed. The questions of {n} people still have their buttons; they lose them "
        "one after the other.",
        each.left,
        number=each.wave_number,
        survey=escaped(each.survey_name),
    )


def _told(wave: OpenedFacts, words: Words) -> list[str]:
    lines = [where_it_stands(wave, words)]
    if wave.progress:
        progress = wave.progress
        lines.append(words.plural("{n} answer", "{n} answers", progress.answered))
        lines += failure_lines(progress.failed, words)
        if progress.uncertain:
            lines.append(uncertain_line(progress.uncertain, words))
        if progress.reached_by_reminder:
            lines.append(
                words.plural(
                    "A reminder has surely reached {n} of them.",
                    "A reminder has surely reached {n} of them.",
                    progress.reached_by_reminder,
                )
            )
    lines += interruption(wave, words)
    lines.append(left_out_line(wave.left_out, wave.quarantine_days, words))
    return [line for line in lines if line]


def _buttons(wave: OpenedFacts, words: Words) -> list[Element]:
    survey = str(wave.survey_id)
    buttons = pause_or_resume(wave, words)
    if wave.progress and wave.progress.failed:
        buttons.append(Button(words("Resend to failed"), action_id=ActionId.RESEND, value=survey))
    ask_first = ConfirmationDialogue(
        title=PlainText(words("Close this wave now?")),
        text=PlainText("\n".join([*unanswered(wave, words), from_then_on(words)])),
        confirm=PlainText(words("Close it")),
        deny=PlainText(words("Not now")),
        style="danger",
    )
    close = Button(words("Close now"), action_id=ActionId.CLOSE_WAVE, value=survey, confirm=ask_first)
    return [*buttons, close]


def _upcoming(each: UpcomingFacts, words: Words) -> str:
    name = escaped(each.survey_name)
    if each.is_paused:
        resume = f"`{COMMAND} resume {code(each.survey_name)}`"
        return words("• {survey}: paused. {command} lets it go on.", survey=name, command=resume)
    return words("• {survey}: {moment}", survey=name, moment=words.moment(each.opens_at))


def _command(verb: str, words: Words) -> str:
    name = words("NAME")
    return f"`{COMMAND} {verb} {name}`"


_NEXT = (
    UpcomingFacts("Acme customers", datetime(2025, 12, 9, 9, 0, tzinfo=UTC)),
    UpcomingFacts("Newcomers", datetime(2026, 1, 1, 0, 0, tzinfo=UTC), is_paused=True),
)
_SENDING = OPENED["sending"]
_REACHED = _SENDING.progress and replace(_SENDING.progress, reached_by_reminder=1)

EXAMPLES = {
    "one being sent": WavesFacts((replace(_SENDING, progress=_REACHED),), _NEXT),
    "several": WavesFacts(
        (
            OPENED["planning"],
            OPENED["stopped by Slack"],
            OPENED["sent to all"],
            OPENED["one open question"],
        )
    ),
    "more than can be shown": WavesFacts(
        (OPENED["planning"],) * WAVES_SHOWN, _NEXT[:1] * (UPCOMING_SHOWN + 1), more=990
    ),
    "none open": WavesFacts((), _NEXT),
    "none at all": WavesFacts(()),
    "closed questions": WavesFacts(
        (), redrawn=(RedrawnFacts("Team pulse", 3, 1200), RedrawnFacts("Acme customers", 1, 1))
    ),
}
