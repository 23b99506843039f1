"""`nps-bot survey create` and `edit`: an option for each field of a survey's form."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal, get_args

import typer

from bot.ids import Field
from bot.shell.commands.ages import kept
from bot.shell.kit.sentences import AsJson, WrongInput, show
from storage.words import HOURS, MOST_MINIMUM, MOST_REMINDERS, FollowUp, Kind, Rhythm

Manager = Annotated[
    str,
    typer.Option("--as", metavar="USER", help="The Slack user id of the manager who does this: U012AB3CD."),
]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

Language = Literal["en", "fr", "any"]
_OF_WHICH = "The language of --subject and --question; any: it is called the same in all."
OwnLanguage = Annotated[Language, typer.Option(help=_OF_WHICH)]
OwnQuestion = Annotated[
    str | None, typer.Option(help="The whole question in your own words, instead of the usual one.")
]
SubjectIn = Annotated[str | None, typer.Option(help="What people would recommend, in this language too.")]
QuestionIn = Annotated[str | None, typer.Option(help="The whole question, in this language too.")]

Reasons = Annotated[
    list[str] | None,
    typer.Option(
        "--reason",
        help="A reason that people may tick, instead of the usual ones: 'Tools|Outils'; 'Tools=Gear' calls it "
        "otherwise. May be repeated.",
    ),
]

Links = Annotated[
    list[str] | None,
    typer.Option(
        "--link",
        help="What promoters are offered: 'https://example.com/review Rate us|Notez-nous'. May be repeated; an empty text "
        "for none.",
    ),
]

_KEPT = "How long after a wave closes its answers, comments and names are kept: 90d, 18m, 2y or always."
_FROM = "From how many answers on others than managers see a result; of an anonymous survey managers too. 0 is the usual number."
_QUOTES = "Whether the digest quotes a few comments, without names; people are told so beforehand."


def create(  # noqa: PLR0913 - one parameter an option
    name: Annotated[str, typer.Argument(help="What the report and the digest call it.")],
    *,
    manager: Manager,
    subject: Annotated[str, typer.Option(help="What people would recommend.")],
    kind: Annotated[Kind, typer.Option(help="Who answers.")],
    question: OwnQuestion = None,
    language: OwnLanguage = "en",
    subject_en: SubjectIn = None,
    subject_fr: SubjectIn = None,
    question_en: QuestionIn = None,
    question_fr: QuestionIn = None,
    reason: Reasons = None,
    link: Links = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous/--named", help="Whether nobody sees who chose what.")
    ] = False,
    digest_channel: Annotated[
        str, typer.Option(help="Where the digest goes: an id or #name. Without it, nowhere.")
    ] = "",
    digest_comments: Annotated[
        bool, typer.Option("--digest-comments/--no-digest-comments", help=_QUOTES)
    ] = False,
    result_at: Annotated[
        Literal["digest", "closing"],
        typer.Option(
            help="When that channel reads a wave's result: with the next digest, or at its closing."
        ),
    ] = "digest",
    channel: Annotated[
        list[str] | None, typer.Option(help="Ask everyone there: an id or #name. May be repeated.")
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option(help="Ask this person: a user id. May be repeated.")
    ] = None,
    user_group: Annotated[
        list[str] | None, typer.Option(help="Ask this user group: its id or its name. May be repeated.")
    ] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Ask everyone in the workspace.")] = False,
    guests: Annotated[
        bool, typer.Option("--guests", help="Ask guests too; otherwise they are left out.")
    ] = False,
    open_channel: Annotated[
        str, typer.Option(help="Post one question there for anyone to answer, and ask nobody else.")
    ] = "",
    rhythm: Annotated[
        Rhythm, typer.Option(help="When waves open by themselves after the first; once: never.")
    ] = Rhythm.ONCE,
    every_weeks: Annotated[int | None, typer.Option(help="With --rhythm weeks: how many.")] = None,
    reminders: Annotated[
        int, typer.Option(min=0, max=MOST_REMINDERS, help="How often to remind those who have not answered.")
    ] = 1,
    days: Annotated[
        int, typer.Option(help="How many days people can answer; a continuous wave lasts a month.")
    ] = 14,
    keep_words: Annotated[str, typer.Option(metavar="AGE", help=_KEPT)] = "",
    minimum: Annotated[int, typer.Option(min=0, max=MOST_MINIMUM, help=_FROM)] = 0,
    digest_weekday: Annotated[Weekday, typer.Option(help="The digest's day.")] = "monday",
    digest_hour: Annotated[int, typer.Option(min=HOURS[0], max=HOURS[-1], help="The digest's hour.")] = 9,
    time_zone: Annotated[
        str,
        typer.Option(
            help="The zone of its hours and days, such as Europe/Paris; the manager's own by default."
        ),
    ] = "",
    follow_up_channel: Annotated[
        str, typer.Option(help="Where people are followed up who say that someone may contact them.")
    ] = "",
    follow_up_with: Annotated[
        FollowUp, typer.Option(help="Who is asked that: detractors, passives too, or everyone.")
    ] = FollowUp.DETRACTORS,
    as_json: AsJson = False,
) -> None:
    """Make a survey. Nobody is asked yet."""
    typed = locals()
    from bot.shell.doing.surveys import survey as surveys
    from bot.shell.kit import with_app

    if every_weeks is not None and rhythm is not Rhythm.WEEKS:
        message = "--every-weeks goes with --rhythm weeks."
        raise WrongInput(message)
    written = _as_form(typed | {"reason": reason or [], "link": link or [], "keep_words": keep_words or None})
    written[Field.WHOLE] = [word for word, is_on in (("everyone", everyone), ("guests", guests)) if is_on]
    said = with_app.run(partial(surveys.create, user_id=manager, written=written))
    show(said, as_json=as_json)


def edit(  # noqa: PLR0913 - one parameter an option
    name: Annotated[str, typer.Argument(help="Which survey.")],
    *,
    manager: Manager,
    new_name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    subject: Annotated[str | None, typer.Option(help="What people would recommend.")] = None,
    question: OwnQuestion = None,
    language: Annotated[Language | None, typer.Option(help=_OF_WHICH)] = None,
    subject_en: SubjectIn = None,
    subject_fr: SubjectIn = None,
    question_en: QuestionIn = None,
    question_fr: QuestionIn = None,
    reason: Reasons = None,
    link: Links = None,
    kind: Annotated[Kind | None, typer.Option(help="Who answers.")] = None,
    anonymous: Annotated[
        bool | None,
        typer.Option(
            "--anonymous/--named", help="Whether nobody sees who chose what; only before the first wave."
        ),
    ] = None,
    rhythm: Annotated[Rhythm | None, typer.Option(help="When waves open by themselves.")] = None,
    every_weeks: Annotated[int | None, typer.Option(help="With --rhythm weeks: how many.")] = None,
    reminders: Annotated[
        int | None, typer.Option(min=0, max=MOST_REMINDERS, help="How often to remind.")
    ] = None,
    days: Annotated[int | None, typer.Option(help="How many days people can answer.")] = None,
    keep_words: Annotated[str | None, typer.Option(metavar="AGE", help=_KEPT)] = None,
    minimum: Annotated[int | None, typer.Option(min=0, max=MOST_MINIMUM, help=_FROM)] = None,
    channel: Annotated[
        list[str] | None, typer.Option(help="Ask everyone there, instead of those before.")
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option(help="Ask this person, instead of those before.")
    ] = None,
    user_group: Annotated[
        list[str] | None, typer.Option(help="Ask this group, instead of those before.")
    ] = None,
    digest_channel: Annotated[
        str | None, typer.Option(help="Where the digest goes; an empty text for nowhere.")
    ] = None,
    digest_comments: Annotated[
        bool | None, typer.Option("--digest-comments/--no-digest-comments", help=_QUOTES)
    ] = None,
    digest_weekday: Annotated[Weekday | None, typer.Option(help="The digest's day.")] = None,
    digest_hour: Annotated[
        int | None, typer.Option(min=HOURS[0], max=HOURS[-1], help="The digest's hour.")
    ] = None,
    result_at: Annotated[
        Literal["digest", "closing"] | None, typer.Option(help="When that channel reads a wave's result.")
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="The zone of its hours and days.")] = None,
    follow_up_channel: Annotated[
        str | None, typer.Option(help="Where people are followed up; an empty text for nowhere.")
    ] = None,
    follow_up_with: Annotated[
        FollowUp | None, typer.Option(help="Who is asked whether someone may contact them.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change a survey. What is open keeps what its people were told."""
    typed = locals()
    from bot.shell.doing.surveys import life
    from bot.shell.kit import with_app

    changes = _as_form(typed | {"name": new_name})
    told = with_app.run(partial(life.edit, user_id=manager, name=name, changes=changes))
    show(told, as_json=as_json)


FIELDS = {
    "name": Field.NAME,
    "subject": Field.SUBJECT,
    "question": Field.QUESTION,
    "language": Field.LANGUAGE,
    "subject_en": Field.SUBJECT_EN,
    "subject_fr": Field.SUBJECT_FR,
    "question_en": Field.QUESTION_EN,
    "question_fr": Field.QUESTION_FR,
    "reason": Field.REASONS,
    "link": Field.LINKS,
    "kind": Field.KIND,
    "anonymous": Field.ANONYMITY,
    "channel": Field.CHANNELS,
    "person": Field.PEOPLE,
    "user_group": Field.USER_GROUPS,
    "open_channel": Field.OPEN_CHANNEL,
    "rhythm": Field.RHYTHM,
    "every_weeks": Field.EVERY_WEEKS,
    "reminders": Field.REMINDERS,
    "days": Field.WAVE_DAYS,
    "keep_words": Field.KEEP,
    "minimum": Field.MINIMUM,
    "digest_channel": Field.DIGEST_CHANNEL,
    "digest_comments": Field.DIGEST_COMMENTS,
    "digest_weekday": Field.DIGEST_WEEKDAY,
    "digest_hour": Field.DIGEST_HOUR,
    "result_at": Field.RESULT,
    "time_zone": Field.TIME_ZONE,
    "follow_up_channel": Field.FOLLOW_UP_CHANNEL,
    "follow_up_with": Field.FOLLOW_UP_WITH,
}


def _as_form(typed: Mapping[str, object]) -> dict[Field, list[str]]:
    """Write what was typed, by the names of the parameters, as the form has it. What was not typed stays out.

    Raises WrongInput.
    """
    return {
        field: _texts(name, value) for name, field in FIELDS.items() if (value := typed.get(name)) is not None
    }


def _texts(name: str, value: object) -> list[str]:
    match name, value:
        case "anonymous", bool():
            return ["anonymous" if value else "named"]
        case "digest_comments", bool():
            return ["yes"] if value else []
        case "digest_weekday", str():
            return [str(get_args(Weekday).index(value))]
        case "keep_words", str():
            return [kept(value)]
        case _, list():
            return [str(one) for one in value]
        case _:
            return [str(value)]
