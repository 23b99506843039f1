"""The form's third step: what happens with the answers."""

from slackblocks import Block, Option, PlainText, PlainTextInput

from bot.ids import Field
from bot.kit.views import time_zones
from bot.surveys.rules import steps
from bot.surveys.views import keeping
from bot.surveys.views.follow_up import follow_up_inputs
from bot.surveys.views.form_facts import SurveyFormFacts
from bot.surveys.views.form_fields import boxes, channel_menu, labelled, menu, number_input
from bot.wording import Words
from scoring.disclosure import minimum_answers
from storage.words import HOURS, MOST_LINKS, MOST_MINIMUM, WEEKDAYS, Kind


def blocks(facts: SurveyFormFacts, words: Words) -> list[Block]:
    """Make the fields of the digest, its day and its hour only where a channel gets one; and the survey's clock.

    People who answer anonymously cannot be followed up, so nothing asks for it.
    """
    kept = facts.one(Field.KEEP)
    how = steps.anonymity(facts.written, can_seal=facts.can_be_anonymous)
    chosen, zone = facts.one(Field.DIGEST_CHANNEL), facts.one(Field.TIME_ZONE)
    zones = {each: time_zones.readable(each) for each in time_zones.offered(zone)}
    return [
        labelled(
            Field.DIGEST_CHANNEL,
            words("Which channel gets a weekly digest?"),
            channel_menu(Field.DIGEST_CHANNEL, chosen or None, words),
            hint=words(
                "None, if you choose none. It speaks in weeks that bring news: totals, never who said what."
            ),
            optional=True,
        ),
        *(_digest(facts, words) if chosen else []),
        *([_quoting(facts, words)] if chosen and how != steps.ANONYMOUS else []),
        *([] if how == steps.ANONYMOUS else _follow_up(facts, words)),
        _minimum(facts, how, words),
        keeping.asked(int(kept) if kept.isascii() and kept.isdigit() else None, words),
        labelled(Field.TIME_ZONE, words("In which time zone?"), menu(Field.TIME_ZONE, zones, zone)),
    ]


def _follow_up(facts: SurveyFormFacts, words: Words) -> list[Block]:
    channel = facts.one(Field.FOLLOW_UP_CHANNEL)
    return [*follow_up_inputs(channel or None, facts.one(Field.FOLLOW_UP_WITH), words), _links(facts, words)]


def _links(facts: SurveyFormFacts, words: Words) -> Block:
    labels = words("Rate us | Notez-nous")
    return labelled(
        Field.LINKS,
        words("Links for promoters"),
        PlainTextInput(
            action_id=Field.LINKS,
            multiline=True,
            initial_value="\n".join(facts.every(Field.LINKS)) or None,
            placeholder=f"https://example.com/review {labels}",
        ),
        hint=words(
            "One a line, {most} at most: an address, and what its button says, in the other language too if you like. Who "
            "chooses 9 or 10 is offered them, once per quarantine.",
            most=MOST_LINKS,
        ),
        optional=True,
    )


def _quoting(facts: SurveyFormFacts, words: Words) -> Block:
    quote = Option(
        text=PlainText(words("Quote up to three comments, without names")),
        value="yes",
        description=words("People are told so when they are asked."),
    )
    return labelled(
        Field.DIGEST_COMMENTS,
        words("Comments in the digest"),
        boxes(Field.DIGEST_COMMENTS, {"yes": quote}, facts.every(Field.DIGEST_COMMENTS)),
        optional=True,
    )


def _minimum(facts: SurveyFormFacts, how: str, words: Words) -> Block:
    if how == steps.ANONYMOUS:
        label = words("From how many answers on does a result show?")
    else:
        label = words("From how many answers on do others than managers see a result?")
    customers = facts.one(Field.KIND) == Kind.CUSTOMERS
    usual = max(1, minimum_answers(None, anonymous=how == steps.ANONYMOUS, customers=customers))
    written = facts.one(Field.MINIMUM)
    return labelled(
        Field.MINIMUM,
        label,
        number_input(Field.MINIMUM, "" if written == "0" else written, MOST_MINIMUM),
        hint=words.plural(
            "If you write nothing, from {n} answer on.", "If you write nothing, from {n} answers on.", usual
        ),
        optional=True,
    )


def _digest(facts: SurveyFormFacts, words: Words) -> list[Block]:
    weekdays = {str(day): words.weekday(day).capitalize() for day in WEEKDAYS}
    hours = {str(hour): words.hour(hour) for hour in HOURS}
    results = {"digest": words("With the next digest"), "closing": words("When the wave closes")}
    menus = {
        Field.RESULT: (words("When does that channel get a wave's result?"), results),
        Field.DIGEST_WEEKDAY: (words("On which day?"), weekdays),
        Field.DIGEST_HOUR: (words("At what time?"), hours),
    }
    return [
        labelled(field, label, menu(field, options, facts.one(field)))
        for field, (label, options) in menus.items()
    ]
