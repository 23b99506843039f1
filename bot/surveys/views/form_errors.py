"""What may be wrong with a survey as somebody wrote it, and the sentence beside its field."""

from collections.abc import Mapping
from enum import StrEnum

from bot.ids import Field
from bot.mark import mark
from bot.surveys.rules.links import LABEL_LENGTH
from bot.wording import Words
from scoring.disclosure import LOWEST_MINIMUM_WHEN_ANONYMOUS, MINIMUM_ANSWERS
from storage.question import QUESTION_LENGTH
from storage.words import MOST_DRIVERS, MOST_LINKS, MOST_MINIMUM, MOST_WAVE_DAYS, MOST_WEEKS, NAME_LENGTH


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
    ANONYMOUS_AND_QUOTED = "anonymous_and_quoted"
    ANONYMOUS_AND_LINKS = "anonymous_and_links"
    LINKS_ADDRESS = "links_address"
    LINKS_LABEL_MISSING = "links_label_missing"
    LINKS_LABEL_TOO_LONG = "links_label_too_long"
    LINKS_TWICE = "links_twice"
    LINKS_TOO_MANY = "links_too_many"
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
        "Anonymous surveys need NPS_SECRET, which keeps their answers sealed. Those who run this app set it: "
        "nps-bot doctor says how."
    ),
    FormError.ANONYMOUS_IN_A_CHANNEL: mark(
        "One open question in a channel cannot be anonymous. Ask everyone in the channel instead, or choose “With names”."
    ),
    FormError.ANONYMOUS_AND_FOLLOWED_UP: mark(
        "Nobody knows who to contact after an anonymous answer. Choose no channel here, or choose “With names” above."
    ),
    FormError.ANONYMOUS_AND_QUOTED: mark(
        "Comments of an anonymous survey are for managers alone, so no digest quotes them. Take this back, or choose “With "
        "names” above."
    ),
    FormError.ANONYMOUS_AND_LINKS: mark(
        "Nobody knows who is a promoter after an anonymous answer. Write no links here, or choose “With names” above."
    ),
    FormError.LINKS_ADDRESS: mark("Begin each line with an address that begins with {https}."),
    FormError.LINKS_LABEL_MISSING: mark("Say behind each address what its button says."),
    FormError.LINKS_LABEL_TOO_LONG: mark("A button holds at most {most_of_label} characters. Write less."),
    FormError.LINKS_TWICE: mark("Two lines have the same address. Leave one of them out."),
    FormError.LINKS_TOO_MANY: mark("These are too many: write at most {most_links} links, a line each."),
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


def errors(
    found: Mapping[Field, FormError], words: Words, longest_wave: int = MOST_WAVE_DAYS
) -> dict[str, str]:
    """Give the sentence for each wrong field, as `response_action: errors` takes it.

    `longest_wave` is how many days a wave may last so that it is over before the next one opens.
    """
    named = {
        "most": MOST_WAVE_DAYS,
        "most_weeks": MOST_WEEKS,
        "longest_wave": longest_wave,
        "most_of_name": NAME_LENGTH,
        "most_reasons": MOST_DRIVERS,
        "most_links": MOST_LINKS,
        "https": "https://",
        "most_of_label": LABEL_LENGTH,
        "most_of_question": QUESTION_LENGTH,
        "most_minimum": MOST_MINIMUM,
        "fewest": MINIMUM_ANSWERS,
        "fewest_anonymous": LOWEST_MINIMUM_WHEN_ANONYMOUS,
    }
    return {field.value: words(ERRORS[error], **named) for field, error in found.items()}
