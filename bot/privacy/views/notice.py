"""The notice: what is kept, who reads it, for how long, and what one may do about it. Made from the settings in force."""

from dataclasses import dataclass, replace

from slackblocks import Block, ModalView, SectionBlock

from bot.answers.views.kept_for import time_span
from bot.answers.views.opted_out import at_most_once
from bot.mark import mark
from bot.message import Json, Message, escaped, message, mrkdwn, view
from bot.wording import Words
from scoring.disclosure import MINIMUM_ANSWERS, MINIMUM_ANSWERS_FOR_DETAILS, minimum_for_details
from storage.words import ANONYMOUS_DAYS, QUARANTINE_DAYS

SURVEYS_NAMED = 10

_KEPT = (
    mark(
        "Of you: your Slack id, language and time zone, and what else Slack tells of your account; never your name or address."
    ),
    mark("Of a question: which one you got, when, where that message stands, and what became of it."),
    mark("Of an answer: the score, the comment, the reasons, and when you gave or changed it."),
    mark(
        "Of an anonymous survey that is deleted: when it asked you, for {days} days, so that none asks you sooner."
    ),
    mark(
        "Of an anonymous answer: that you answered; and apart from that, what was said, of which nobody knows who said it."
    ),
    mark(
        "If you let the team write back to an anonymous comment: who you are, encrypted and apart from your answer, until either side ends it, or 60 days after the question closed; and what both sides write."
    ),
    mark(
        "If you said that someone may contact you: that you said so, who took it on, and each step until it was closed."
    ),
    mark(
        "If you said that you may be quoted: that you said so, with your name or without, and where it stands. If you were "
        "offered links: when, and never which you opened."
    ),
    mark("Your wish not to be asked, if you have one."),
)
_WHO = (
    mark("You: your own answer, in my messages and in App Home."),
    mark(
        "Managers: every answer of a named survey, with its comment and your name. They are this workspace's admins and owners, and those named beside them."
    ),
    mark(
        "Where you said that someone may contact you: those in the channel that follows up, your answer and your name."
    ),
    mark(
        "Where you said that you may be quoted: those in a channel that a manager chooses, your words, and your name only if "
        "you said that too."
    ),
    mark(
        "Everyone else: of a survey of employees totals alone, of {fewest} people or more, once it is over; of customers, totals at once."
    ),
    mark(
        "Of an anonymous survey, everybody alike: totals alone, from {fewest} answers on, once it is over. Managers also read its comments, without names, from {details} on."
    ),
    mark("Whoever runs me can read the database. Slack sees the messages that it shows."),
)
_MAY = (
    mark("See all that is kept about you, take it with you as a file, and erase it: `/nps me`."),
    mark("Change your answer until the question closes. Answer nothing at all."),
    mark("An anonymous answer can be neither changed nor erased: nobody knows which one is yours."),
    mark("Be asked no more: “Don't ask me again” stands under each question and in App Home."),
)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The settings in force. `kept` pairs each survey that still asks, or holds answers, with the days it keeps them, None for good.

    `tells_programs` is whether webhooks hear of what happens, `has_tokens` whether programs may ask and read. `minimums` has a survey's name, from how
    many answers on its results show and whether it is anonymous, for each one of which that is not the usual number. The
    digests of those `quoted` may show comments.
    """

    quarantine_days: int = QUARANTINE_DAYS
    kept: tuple[tuple[str, int | None], ...] = ()
    tells_programs: bool = False
    has_tokens: bool = False
    minimums: tuple[tuple[str, int, bool], ...] = ()
    quoted: tuple[str, ...] = ()


def render(facts: NoticeFacts, words: Words) -> Message:
    """Make the page as a message, for a terminal too."""
    parts = _parts(facts, words)
    return message("\n\n".join(parts), _sections(parts))


def modal(facts: NoticeFacts, words: Words) -> Json:
    """Make it as a modal."""
    blocks = _sections(_parts(facts, words))
    return view(ModalView(title=words("Your privacy"), close=words("Close"), blocks=blocks))


def _sections(parts: list[str]) -> list[Block]:
    """Put each part into sections of at most ten lines: Slack takes 3,000 characters in one."""
    return [
        SectionBlock(mrkdwn("\n".join(lines[start : start + 10])))
        for lines in (part.split("\n") for part in parts)
        for start in range(0, len(lines), 10)
    ]


def _parts(facts: NoticeFacts, words: Words) -> list[str]:
    who = [words(line, fewest=MINIMUM_ANSWERS, details=MINIMUM_ANSWERS_FOR_DETAILS) for line in _WHO]
    who += [_from_how_many(*one, words) for one in facts.minimums[:SURVEYS_NAMED]]
    if more := len(facts.minimums[SURVEYS_NAMED:]):
        who.append(
            words.plural(
                "{n} more survey has a number of its own, which its question tells.",
                "{n} more surveys have a number of their own, which their question tells.",
                more,
            )
        )
    who += [
        words("“{survey}”: its weekly digest may quote a few comments, without names.", survey=escaped(name))
        for name in facts.quoted[:SURVEYS_NAMED]
    ]
    if more := len(facts.quoted[SURVEYS_NAMED:]):
        who.append(
            words.plural(
                "The weekly digest of {n} more survey may quote a few comments, without names.",
                "The weekly digests of {n} more surveys may quote a few comments, without names.",
                more,
            )
        )
    who += _programs(facts, words)
    often = [at_most_once(facts.quarantine_days, words), words("At most two reminders follow.")]
    return [
        _part(words("What I keep"), [words(line, days=ANONYMOUS_DAYS) for line in _KEPT]),
        _part(words("Who reads it"), who),
        _part(words("For how long"), _how_long(facts, words)),
        _part(words("How often I ask"), [line for line in often if line]),
        _part(words("What you may do"), [words(line) for line in _MAY]),
    ]


def _programs(facts: NoticeFacts, words: Words) -> list[str]:
    lines = list[str]()
    if facts.tells_programs:
        lines.append(
            words(
                "Programs chosen by those who run me hear of what happens: totals, and single scores of customers, "
                "never a name or a comment."
            )
        )
    if facts.has_tokens:
        lines.append(
            words(
                "Programs with a token from those who run me read what everyone may read, and ask people; never "
                "whether or what you answer."
            )
        )
    return lines or [words("Nothing goes anywhere else: I speak to Slack and to my database alone.")]


def _from_how_many(survey: str, fewest: int, is_anonymous: bool, words: Words) -> str:  # noqa: FBT001 - a row of the facts
    name = escaped(survey)
    if not is_anonymous:
        return words(
            "“{survey}”: totals from {fewest} answers on, once it is over.", survey=name, fewest=fewest
        )
    return words(
        "“{survey}”: totals from {fewest} answers on, comments from {details} on, once it is over.",
        survey=name,
        fewest=fewest,
        details=minimum_for_details(fewest),
    )


def _part(title: str, lines: list[str]) -> str:
    return "\n".join([f"*{title}*", *(f"• {line}" for line in lines)])


def _how_long(facts: NoticeFacts, words: Words) -> list[str]:
    timed = [(name, days) for name, days in facts.kept if days]
    lines = [
        words(
            "“{survey}”: answers, comments and names go {time_span} after each wave; its result stays.",
            survey=escaped(name),
            time_span=time_span(days, words),
        )
        for name, days in timed[:SURVEYS_NAMED]
    ]
    if more := len(timed[SURVEYS_NAMED:]):
        lines.append(
            words.plural(
                "{n} more survey has a time of its own.", "{n} more surveys have a time of their own.", more
            )
        )
    if len(timed) < len(facts.kept) or not facts.kept:
        lines.append(
            words("Every other survey: until somebody erases them.")
            if lines
            else words("Answers, comments and names stay until somebody erases them.")
        )
    if timed:
        lines.append(words("That you were asked stays until you may be asked again."))
    lines.append(
        words(
            "What Slack tells of your account goes 30 days after nothing refers to you any more; of admins and owners "
            "it stays for as long as they are that."
        )
    )
    return lines


_USUAL = NoticeFacts(kept=(("Team pulse", 365), ("Acme", None)))

EXAMPLES = {
    "two surveys": _USUAL,
    "no survey": NoticeFacts(),
    "with minimums": replace(
        _USUAL, minimums=(("Acme", 8, False), ("Team pulse", 12, True)), quoted=("Acme",)
    ),
    "with webhooks": replace(_USUAL, tells_programs=True),
    "with tokens": replace(_USUAL, has_tokens=True),
    "without a quarantine": replace(_USUAL, quarantine_days=0),
    "all for a time": NoticeFacts(kept=(("Team pulse", 90),)),
}
