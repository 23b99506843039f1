"""`nps-bot survey create` and `edit`: an option for each field of a survey's form."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated, Literal, get_args

import typer

from bot.ids import Field
from bot.shell.commands.ages import kept
from bot.shell.sentences import AsJson, WrongInput, show
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
    from bot.shell.doing import with_app
    from bot.shell.doing.surveys import survey as surveys

    if every_weeks is not None and rhythm is not Rhythm.WEEKS:
        message = "--every-weeks goes with --rhythm weeks."
        raise WrongInput(message)
    written: dict[Field, list[str]] = {
        Field.NAME: [name],
        Field.SUBJECT: [subject],
        Field.QUESTION: [question or ""],
        Field.LANGUAGE: [language],
        Field.SUBJECT_EN: [subject_en or ""],
        Field.SUBJECT_FR: [subject_fr or ""],
        Field.QUESTION_EN: [question_en or ""],
        Field.QUESTION_FR: [question_fr or ""],
        Field.REASONS: reason or [],
        Field.LINKS: link or [],
        Field.KIND: [kind],
        Field.ANONYMITY: ["anonymous" if anonymous else "named"],
        Field.CHANNELS: channel or [],
        Field.PEOPLE: person or [],
        Field.USER_GROUPS: user_group or [],
        Field.WHOLE: [word for word, is_on in (("everyone", everyone), ("guests", guests)) if is_on],
        Field.OPEN_CHANNEL: [open_channel] if open_channel else [],
        Field.RHYTHM: [rhythm],
        Field.EVERY_WEEKS: ["" if every_weeks is None else str(every_weeks)],
        Field.REMINDERS: [str(reminders)],
        Field.WAVE_DAYS: [str(days)],
        Field.KEEP: [kept(keep_words)] if keep_words else [],
        Field.MINIMUM: [str(minimum)],
        Field.DIGEST_CHANNEL: [digest_channel] if digest_channel else [],
        Field.DIGEST_COMMENTS: ["yes"] if digest_comments else [],
        Field.RESULT: [result_at],
        Field.DIGEST_WEEKDAY: [str(get_args(Weekday).index(digest_weekday))],
        Field.DIGEST_HOUR: [str(digest_hour)],
        Field.TIME_ZONE: [time_zone],
        Field.FOLLOW_UP_CHANNEL: [follow_up_channel] if follow_up_channel else [],
        Field.FOLLOW_UP_WITH: [follow_up_with],
    }
    said = with_app.run(partial(surveys.create, user_id=manager, written=written))
    show(said.data, said.text, as_json=as_json)


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
    from bot.shell.doing import with_app
    from bot.shell.doing.surveys import life

    said: dict[Field, object] = {
        Field.NAME: new_name,
        Field.SUBJECT: subject,
        Field.QUESTION: question,
        Field.LANGUAGE: language,
        Field.SUBJECT_EN: subject_en,
        Field.SUBJECT_FR: subject_fr,
        Field.QUESTION_EN: question_en,
        Field.QUESTION_FR: question_fr,
        Field.REASONS: reason,
        Field.LINKS: link,
        Field.KIND: kind,
        Field.ANONYMITY: None if anonymous is None else ("anonymous" if anonymous else "named"),
        Field.RHYTHM: rhythm,
        Field.EVERY_WEEKS: every_weeks,
        Field.REMINDERS: reminders,
        Field.WAVE_DAYS: days,
        Field.KEEP: None if keep_words is None else kept(keep_words),
        Field.MINIMUM: minimum,
        Field.CHANNELS: channel,
        Field.PEOPLE: person,
        Field.USER_GROUPS: user_group,
        Field.DIGEST_CHANNEL: digest_channel,
        Field.DIGEST_WEEKDAY: None if digest_weekday is None else get_args(Weekday).index(digest_weekday),
        Field.DIGEST_HOUR: digest_hour,
        Field.RESULT: result_at,
        Field.TIME_ZONE: time_zone,
        Field.FOLLOW_UP_CHANNEL: follow_up_channel,
        Field.FOLLOW_UP_WITH: follow_up_with,
    }
    if digest_comments is not None:
        said[Field.DIGEST_COMMENTS] = ["yes"] if digest_comments else []
    changes = {
        field: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for field, value in said.items()
        if value is not None
    }
    told = with_app.run(partial(life.edit, user_id=manager, name=name, changes=changes))
    show(told.data, told.text, as_json=as_json)
