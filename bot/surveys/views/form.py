"""The modal of `/nps new`: everything a survey needs, filled in with what most want."""

from collections.abc import Mapping
from enum import StrEnum

from slackblocks import (
    Block,
    CheckboxGroup,
    Element,
    ModalView,
    Option,
    PlainText,
    StaticMultiSelectMenu,
    UserMultiSelectMenu,
)

from bot.ids import Callback, Field
from bot.kit.views import time_zones
from bot.mark import mark
from bot.message import Json, view
from bot.surveys.views import keeping, what_is_asked
from bot.surveys.views.follow_up import follow_up_inputs
from bot.surveys.views.form_facts import FormFacts
from bot.surveys.views.form_fields import (
    channel_menu,
    channels_menu,
    labelled,
    menu,
    number_input,
)
from bot.surveys.views.rhythm import RHYTHMS
from bot.typed import one_line
from bot.wording import Words
from scoring.disclosure import LOWEST_MINIMUM_WHEN_ANONYMOUS, MINIMUM_ANSWERS
from storage.question import QUESTION_LENGTH, Told, Wording
from storage.words import (
    HOURS,
    MOST_DRIVERS,
    MOST_MINIMUM,
    MOST_WAVE_DAYS,
    MOST_WEEKS,
    NAME_LENGTH,
    WEEKDAYS,
    FollowUp,
    Kind,
    Rhythm,
)

USER_GROUPS_OFFERED = 100


class FormError(StrEnum):
    """What may be wrong with a form; the words for it are in ERRORS."""

    NAME_MISSING = "name_missing"
    NAME_TAKEN = "name_taken"
    NAME_RESERVED = "name_reserved"
    SUBJECT_MISSING = "subject_missing"
    SUBJECT_TOO_LONG = "subject_too_long"
    QUESTION_TOO_LONG = "question_too_long"
    REASONS_TOO_MANY = "reasons_too_many"
    REASONS_TOO_LONG = "reasons_too_long"
    REASONS_TWICE = "reasons_twice"
    AUDIENCE_MISSING = "audience_missing"
    AUDIENCE_BOTH = "audience_both"
    CHANNEL_UNSEEN = "channel_unseen"
    EVERY_WEEKS_OUT_OF_RANGE = "every_weeks_out_of_range"
    WAVE_DAYS_OUT_OF_RANGE = "wave_days_out_of_range"
    WAVE_LONGER_THAN_RHYTHM = "wave_longer_than_rhythm"
    TIME_ZONE_UNKNOWN = "time_zone_unknown"
    WAVE_STANDS = "wave_stands"
    BEING_PLANNED = "being_planned"
    NOTHING_SEALS = "nothing_seals"
    ANONYMOUS_IN_A_CHANNEL = "anonymous_in_a_channel"
    ANONYMOUS_AND_FOLLOWED_UP = "anonymous_and_followed_up"
    ANONYMITY_STANDS = "anonymity_stands"
    MINIMUM_OUT_OF_RANGE = "minimum_out_of_range"
    MINIMUM_OF_EMPLOYEES = "minimum_of_employees"
    MINIMUM_WHEN_ANONYMOUS = "minimum_when_anonymous"


ERRORS = {
    FormError.NAME_MISSING: mark("Give the survey a name, such as “Acme customers”."),
    FormError.NAME_TAKEN: mark("Another survey has this name. Choose a different one."),
    FormError.NAME_RESERVED: mark("This word is a command, so it cannot be a name. Choose a different one."),
    FormError.SUBJECT_MISSING: mark("Say what people would recommend, such as “Acme”."),
    FormError.SUBJECT_TOO_LONG: mark("This is too long: write at most {most_of_name} characters."),
    FormError.QUESTION_TOO_LONG: mark("This is too long: write at most {most_of_question} characters."),
    FormError.REASONS_TOO_MANY: mark(
        "These are too many: write at most {most_reasons} reasons, a line each."
    ),
    FormError.REASONS_TOO_LONG: mark("One is too long: write at most {most_of_name} characters a name."),
    FormError.REASONS_TWICE: mark("Two reasons have the same name. Give each its own."),
    FormError.AUDIENCE_MISSING: mark("Choose at least one channel here, or one of the choices below."),
    FormError.AUDIENCE_BOTH: mark(
        "An open question is for anyone in its channel. Clear this, or clear the other choices above."
    ),
    FormError.CHANNEL_UNSEEN: mark(
        "I cannot see this channel. Invite me there with /invite, or choose another."
    ),
    FormError.EVERY_WEEKS_OUT_OF_RANGE: mark("Choose a whole number of weeks from 1 to {most_weeks}."),
    FormError.WAVE_DAYS_OUT_OF_RANGE: mark("Choose a whole number of days from 1 to {most}."),
    FormError.WAVE_LONGER_THAN_RHYTHM: mark(
        "A wave must be over before the next one opens: choose at most {longest_wave} days."
    ),
    FormError.WAVE_STANDS: mark("A wave is open, so this stays as it is. Change it when the wave is closed."),
    FormError.BEING_PLANNED: mark(
        "The open wave is just reading who is in its audience. Try again in a minute."
    ),
    FormError.NOTHING_SEALS: mark(
        "Anonymous surveys need NPS_SECRET, which keeps their answers sealed. Whoever runs this app sets it: "
        "nps-bot doctor says how."
    ),
    FormError.ANONYMOUS_IN_A_CHANNEL: mark(
        "One open question in a channel cannot be anonymous. Ask everyone in the channel instead, or choose “With names”."
    ),
    FormError.ANONYMOUS_AND_FOLLOWED_UP: mark(
        "Nobody knows who to contact after an anonymous answer. Choose no channel here, or choose “With names” above."
    ),
    FormError.ANONYMITY_STANDS: mark(
        "This survey has a wave already, and its people were told who sees what. Make a new survey to ask in the other way."
    ),
    FormError.MINIMUM_OUT_OF_RANGE: mark(
        "Choose a whole number of answers from 1 to {most_minimum}, or 0 for the usual number."
    ),
    FormError.MINIMUM_OF_EMPLOYEES: mark(
        "Fewer would give people away: choose a whole number of answers from {fewest} to {most_minimum}, or 0 for the usual "
        "number."
    ),
    FormError.MINIMUM_WHEN_ANONYMOUS: mark(
        "Fewer would give people away: choose a whole number of answers from {fewest_anonymous} to {most_minimum}, or 0 for "
        "the usual number."
    ),
    FormError.TIME_ZONE_UNKNOWN: mark("I do not know this time zone. Choose one from the list."),
}


def render(facts: FormFacts, words: Words) -> Json:
    """Make the modal with every input filled in; `errors` words what may come back to it."""
    is_new = facts.survey_id is None
    return view(
        ModalView(
            title=words("New survey") if is_new else words("Change a survey"),
            submit=words("Save and preview") if is_new else words("Save"),
            close=words("Cancel"),
            callback_id=Callback.SURVEY_FORM if is_new else Callback.SURVEY_EDIT,
            private_metadata=None if is_new else str(facts.survey_id),
            blocks=[
                *what_is_asked.blocks(facts, words),
                *_whom(facts, words),
                *_when(facts, words),
                *_digest(facts, words),
                *follow_up_inputs(facts.follow_up_channel, facts.follow_up_with, words),
            ],
        )
    )


def errors(
    found: Mapping[Field, FormError], words: Words, longest_wave: int = MOST_WAVE_DAYS
) -> dict[str, str]:
    """Give the sentence for each wrong field, as `response_action: errors` takes it.

    `longest_wave` is how many days a wave may last so that it is over before the next one opens.
    """
    numbers = {
        "most": MOST_WAVE_DAYS,
        "most_weeks": MOST_WEEKS,
        "longest_wave": longest_wave,
        "most_of_name": NAME_LENGTH,
        "most_reasons": MOST_DRIVERS,
        "most_of_question": QUESTION_LENGTH,
        "most_minimum": MOST_MINIMUM,
        "fewest": MINIMUM_ANSWERS,
        "fewest_anonymous": LOWEST_MINIMUM_WHEN_ANONYMOUS,
    }
    return {field.value: words(ERRORS[error], **numbers) for field, error in found.items()}


def _whom(facts: FormFacts, words: Words) -> list[Block]:
    people = UserMultiSelectMenu(
        action_id=Field.PEOPLE, initial_users=list(facts.people) or None, placeholder=words("People")
    )
    return [
        labelled(
            Field.CHANNELS,
            words("Ask everyone in these channels"),
            channels_menu(Field.CHANNELS, facts.channels, words),
            hint=words("Bots and deactivated accounts are left out. Nobody is asked twice."),
            optional=True,
        ),
        *_user_groups(facts, words),
        labelled(Field.PEOPLE, words("Ask these people too"), people, optional=True),
        labelled(Field.WHOLE, words("Or ask more widely"), _whole(facts, words), optional=True),
        labelled(
            Field.OPEN_CHANNEL,
            words("Or ask one open question in a channel"),
            channel_menu(Field.OPEN_CHANNEL, facts.open_channel, words),
            hint=words("One message that anyone there can answer, people of other companies too."),
            optional=True,
        ),
    ]


def _user_groups(facts: FormFacts, words: Words) -> list[Block]:
    if not facts.user_groups_offered:
        return []
    options = {
        group: Option(text=PlainText(one_line(name)), value=group)
        for group, name in facts.user_groups_offered[:USER_GROUPS_OFFERED]
    }
    groups = StaticMultiSelectMenu(
        action_id=Field.USER_GROUPS,
        options=list(options.values()),
        initial_options=[options[group] for group in facts.user_groups if group in options] or None,
        placeholder=words("User groups"),
    )
    return [labelled(Field.USER_GROUPS, words("Ask these user groups"), groups, optional=True)]


def _whole(facts: FormFacts, words: Words) -> Element:
    everyone = Option(text=PlainText(words("Everyone in this workspace")), value="everyone")
    guests = Option(
        text=PlainText(words("Guests too")),
        value="guests",
        description=words("Otherwise they are left out, wherever they are."),
    )
    ticked = [option for option, is_on in ((everyone, facts.everyone), (guests, facts.guests)) if is_on]
    return CheckboxGroup(action_id=Field.WHOLE, options=[everyone, guests], initial_options=ticked or None)


def _when(facts: FormFacts, words: Words) -> list[Block]:
    rhythms: dict[str, str] = {rhythm: words(label) for rhythm, label in RHYTHMS.items()}
    reminders = {
        "0": words("Never"),
        "1": words("Once, at half time"),
        "2": words("Twice, at a third and at two thirds"),
    }
    return [
        labelled(Field.RHYTHM, words("How often?"), menu(Field.RHYTHM, rhythms, facts.rhythm)),
        labelled(
            Field.EVERY_WEEKS,
            words("If every few weeks: how many?"),
            number_input(Field.EVERY_WEEKS, facts.every_weeks, MOST_WEEKS),
            optional=True,
        ),
        labelled(
            Field.WAVE_DAYS,
            words("How many days can people answer?"),
            number_input(Field.WAVE_DAYS, facts.wave_days, MOST_WAVE_DAYS),
            hint=words("If you ask all the time, each wave lasts a calendar month, whatever stands here."),
        ),
        labelled(
            Field.REMINDERS,
            words("Remind those who have not answered?"),
            menu(Field.REMINDERS, reminders, str(facts.reminders)),
        ),
        keeping.asked(facts.keep_days, words),
    ]


def _digest(facts: FormFacts, words: Words) -> list[Block]:
    weekdays = {str(day): words.weekday(day).capitalize() for day in WEEKDAYS}
    hours = {str(hour): words.hour(hour) for hour in HOURS}
    zones = {zone: time_zones.readable(zone) for zone in time_zones.offered(facts.time_zone)}
    results = {"digest": words("With the next digest"), "closing": words("When the wave closes")}
    return [
        labelled(
            Field.DIGEST_CHANNEL,
            words("Which channel gets a weekly digest?"),
            channel_menu(Field.DIGEST_CHANNEL, facts.digest_channel, words),
            hint=words(
                "None, if you choose none. It speaks in weeks that bring news: totals, never who said what."
            ),
            optional=True,
        ),
        labelled(
            Field.RESULT,
            words("When does that channel get a wave's result?"),
            menu(Field.RESULT, results, "closing" if facts.result_at_closing else "digest"),
        ),
        labelled(
            Field.DIGEST_WEEKDAY,
            words("On which day?"),
            menu(Field.DIGEST_WEEKDAY, weekdays, str(facts.digest_weekday)),
        ),
        labelled(
            Field.DIGEST_HOUR, words("At what time?"), menu(Field.DIGEST_HOUR, hours, str(facts.digest_hour))
        ),
        labelled(
            Field.TIME_ZONE, words("In which time zone?"), menu(Field.TIME_ZONE, zones, facts.time_zone)
        ),
    ]


EXAMPLES = {
    "changed": FormFacts(time_zone="Europe/Paris", survey_id=7, name="Team pulse", subject="Acme"),
    "new": FormFacts(time_zone="Europe/Paris", can_be_anonymous=True),
    "without a secret": FormFacts(time_zone="Europe/Paris"),
    "rare time zone": FormFacts(time_zone="Antarctica/Troll", digest_channel="C1"),
    "one open question": FormFacts(
        time_zone="Europe/Paris", open_channel="C1", rhythm=Rhythm.MONTHLY, reminders=0
    ),
    "filled in": FormFacts(
        time_zone="America/Toronto",
        name="Acme customers",
        subject="the Lisbon offsite",
        wording=Wording("en", "", (("fr", Told("l’escapade à Lisbonne")),)),
        kind=Kind.CUSTOMERS,
        channels=("C1", "C2"),
        user_groups_offered=(("S1", "Sales"), ("S2", "Support")),
        user_groups=("S2",),
        people=("U1",),
        everyone=True,
        guests=True,
        rhythm=Rhythm.WEEKS,
        every_weeks=6,
        wave_days=21,
        reminders=2,
        digest_channel="C3",
        digest_weekday=4,
        digest_hour=16,
        result_at_closing=True,
        follow_up_channel="C4",
        follow_up_with=FollowUp.PASSIVES,
        keep_days=365,
        anonymity="anonymous",
        can_be_anonymous=True,
    ),
}
