"""The form's second step: who is asked, and when."""

from slackblocks import Block, Option, PlainText, StaticMultiSelectMenu, UserMultiSelectMenu

from bot.ids import Field
from bot.surveys.rules import steps
from bot.surveys.views.form_facts import SurveyFormFacts
from bot.surveys.views.form_fields import (
    boxes,
    channel_menu,
    channels_menu,
    labelled,
    menu,
    number_input,
    radio,
)
from bot.surveys.views.rhythm import RHYTHMS
from bot.typed import one_line
from bot.wording import Words
from storage.words import MOST_WAVE_DAYS, MOST_WEEKS, Rhythm

USER_GROUPS_OFFERED = 100


def blocks(facts: SurveyFormFacts, words: Words) -> list[Block]:
    """Make the fields of the audience and of the rhythm, those that what is chosen needs."""
    is_open = facts.one(Field.ASKS) == steps.CHANNEL
    asks = {
        steps.PEOPLE: Option(text=PlainText(words("People, each in a direct message")), value=steps.PEOPLE),
        steps.CHANNEL: Option(
            text=PlainText(words("Anyone in a channel, with one open question")),
            value=steps.CHANNEL,
        ),
    }
    return [
        labelled(Field.ASKS, words("Who is asked?"), radio(Field.ASKS, asks, facts.one(Field.ASKS))),
        *(_channel(facts, words) if is_open else _people(facts, words)),
        *_when(facts, words, is_open=is_open),
    ]


def _channel(facts: SurveyFormFacts, words: Words) -> list[Block]:
    chosen = facts.one(Field.OPEN_CHANNEL) or None
    return [
        labelled(
            Field.OPEN_CHANNEL,
            words("In which channel does the question stand?"),
            channel_menu(Field.OPEN_CHANNEL, chosen, words),
            hint=words(
                "One message that anyone there can answer, with their names, people of other companies too."
            ),
        )
    ]


def _people(facts: SurveyFormFacts, words: Words) -> list[Block]:
    people = UserMultiSelectMenu(
        action_id=Field.PEOPLE,
        initial_users=list(facts.every(Field.PEOPLE)) or None,
        placeholder=words("People"),
    )
    whole = {
        "everyone": Option(text=PlainText(words("Everyone in this workspace")), value="everyone"),
        "guests": Option(
            text=PlainText(words("Guests too")),
            value="guests",
            description=words("Otherwise they are left out, wherever they are."),
        ),
    }
    return [
        labelled(
            Field.CHANNELS,
            words("Ask everyone in these channels"),
            channels_menu(Field.CHANNELS, facts.every(Field.CHANNELS), words),
            hint=words("Bots and deactivated accounts are left out. Nobody is asked twice."),
            optional=True,
        ),
        *_user_groups(facts, words),
        labelled(Field.PEOPLE, words("Ask these people too"), people, optional=True),
        labelled(
            Field.WHOLE,
            words("Or ask more widely"),
            boxes(Field.WHOLE, whole, facts.every(Field.WHOLE)),
            optional=True,
        ),
    ]


def _user_groups(facts: SurveyFormFacts, words: Words) -> list[Block]:
    if not facts.user_groups_offered:
        return []
    options = {
        group: Option(text=PlainText(one_line(name)), value=group)
        for group, name in facts.user_groups_offered[:USER_GROUPS_OFFERED]
    }
    chosen = [options[group] for group in facts.every(Field.USER_GROUPS) if group in options]
    groups = StaticMultiSelectMenu(
        action_id=Field.USER_GROUPS,
        options=list(options.values()),
        initial_options=chosen or None,
        placeholder=words("User groups"),
    )
    return [labelled(Field.USER_GROUPS, words("Ask these user groups"), groups, optional=True)]


def _when(facts: SurveyFormFacts, words: Words, *, is_open: bool) -> list[Block]:
    rhythm = facts.one(Field.RHYTHM)
    rhythms: dict[str, str] = {each.value: words(label) for each, label in RHYTHMS.items()}
    reminders = {
        "0": words("Never"),
        "1": words("Once, at half time"),
        "2": words("Twice, at a third and at two thirds"),
    }
    fields = [labelled(Field.RHYTHM, words("How often?"), menu(Field.RHYTHM, rhythms, rhythm))]
    if rhythm == Rhythm.WEEKS:
        weeks = number_input(Field.EVERY_WEEKS, facts.one(Field.EVERY_WEEKS), MOST_WEEKS)
        fields.append(labelled(Field.EVERY_WEEKS, words("Every how many weeks?"), weeks))
    if rhythm != Rhythm.CONTINUOUS:  # that lasts a calendar month
        days = number_input(Field.WAVE_DAYS, facts.one(Field.WAVE_DAYS), MOST_WAVE_DAYS)
        fields.append(labelled(Field.WAVE_DAYS, words("How many days can people answer?"), days))
    if not is_open:
        chosen = menu(Field.REMINDERS, reminders, facts.one(Field.REMINDERS))
        fields.append(labelled(Field.REMINDERS, words("Remind those who have not answered?"), chosen))
    return fields
