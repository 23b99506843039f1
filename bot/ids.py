"""The ids Slack hands back to us, each written once, grouped by journey."""

from enum import StrEnum


class Action(StrEnum):
    """A button or menu that somebody used."""

    SCORE = "answer.score"  # the eleven buttons are answer.score.0 … answer.score.10, their value "<invitation>:<score>"
    CHANGE = "answer.change"  # value "<invitation>"
    REASON = "answer.reason"  # value "<invitation>": opens the reason modal again
    SHARE = "report.share"  # value "<survey>"
    OPEN_WAVE = "survey.open"  # value "<survey>"
    NEW_SURVEY = "survey.new"


class Callback(StrEnum):
    """A modal that somebody sent or closed."""

    REASON = "answer.reason"
    SURVEY_FORM = "survey.form"
    SURVEY_PREVIEW = "survey.preview"


class Field(StrEnum):
    """An input of a modal: both its block_id and its action_id."""

    COMMENT = "comment"
    DRIVERS = "drivers"
    NAME = "name"
    SUBJECT = "subject"
    KIND = "kind"
    CHANNELS = "channels"
    PEOPLE = "people"
    WAVE_DAYS = "wave_days"
    DIGEST_CHANNEL = "digest_channel"
    DIGEST_WEEKDAY = "digest_weekday"
    DIGEST_HOUR = "digest_hour"
    TIME_ZONE = "time_zone"


class Driver(StrEnum):
    """The reasons a person may tick. The values are stored; the words are in the views."""

    QUALITY = "quality"
    EXPERIENCE = "experience"
    SUPPORT = "support"
    COMMUNICATION = "communication"
    REPUTATION = "reputation"


COMMAND = "/nps"
