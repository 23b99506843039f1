"""The ids Slack hands back to us, each written once, grouped by journey."""

from enum import StrEnum


class Action(StrEnum):
    """A button or menu that somebody used."""

    SCORE = "answer.score"  # the eleven buttons are answer.score.0 … answer.score.10, their value "<invitation>:<score>"
    CHANGE = "answer.change"  # value "<invitation>"
    REASON = "answer.reason"  # value "<invitation>": opens the reason modal again
    OPEN_SCORE = "open.score"  # in a channel: open.score.0 … open.score.10, their value "<wave>:<score>"
    LATER = "invitation.later"  # the chosen option's value is "<invitation>:<hour, tomorrow or next_week>"
    ASK_NOW = "invitation.now"  # value "<invitation>": the question again, although it was put off
    STOP_ASKING = "preference.stop"  # value "<invitation>"; none in App Home
    ASK_AGAIN = "preference.ask_again"  # no value
    SHARE = "report.share"  # value "<survey>", as of those that show more of it
    TREND = "report.trend"
    DRIVERS = "report.drivers"
    COMMENTS_OLDER = "comments.older"  # value "<answer>": the one beside which to read on, as of the next
    COMMENTS_NEWER = "comments.newer"
    WHO_ONWARDS = "who.onwards"  # value "<invitation>", likewise
    WHO_BACK = "who.back"
    ABOUT_ME = "privacy.about_me"  # no value, as of the three that follow
    PRIVACY = "privacy.notice"
    MY_FILE = "privacy.file"
    ERASE_ME = "privacy.erase"
    OPEN_WAVE = "survey.open"  # value "<survey>"
    NEW_SURVEY = "survey.new"
    EDIT_SURVEY = "survey.edit"  # the chosen option's value is "<survey>"
    FORM_BACK = "survey.back"  # value "<step>": the one to go back to
    SAVE_FOR_LATER = "survey.save"  # no value
    EXPORT = "survey.export"  # value "<survey>"
    SETTINGS = "workspace.settings"  # no value
    WAVES = "wave.list"  # value "<survey>", as of the four that follow: a survey has one open wave at most
    PAUSE = "wave.pause"
    RESUME = "wave.resume"
    RESEND = "wave.resend"
    CLOSE_WAVE = "wave.close"
    AGREED_OPEN = (
        "wave.agreed_open"  # value "<survey>:<number of the wave>", as of the next: what was asked about
    )
    AGREED_CLOSE = "wave.agreed_close"
    AGREED_REOPEN = "wave.agreed_reopen"
    AGREED_END = "survey.agreed_end"  # likewise, 0 where no wave was open
    NOT_NOW = "wave.not_now"  # no value


class Callback(StrEnum):
    """A modal that somebody sent or closed."""

    REASON = "answer.reason"
    ERASE_ME = "privacy.erase"
    SURVEY_FORM = "survey.form"
    SURVEY_PREVIEW = "survey.preview"
    SURVEY_DELETE = "survey.delete"
    SETTINGS = "workspace.settings"
    COMMENTS = "report.comments"


class Field(StrEnum):
    """An input of a modal: both its block_id and its action_id."""

    COMMENT = "comment"
    DRIVERS = "drivers"
    FROM_NOW_ON = "from_now_on"  # the box "no_more"
    NAME = "name"
    MORE = "more"  # the boxes "question", "languages" and "reasons": what else the form is to ask
    ASKS = "asks"  # "people" or "channel"
    SUBJECT = "subject"
    LANGUAGE = (
        "language"  # of the subject and the question: "en", "fr", or "any" for what is called the same in all
    )
    QUESTION = "question"  # the whole of it, in own words
    SUBJECT_EN = "subject_en"  # in another language than that
    SUBJECT_FR = "subject_fr"
    REASONS = "reasons"  # a line each
    QUESTION_EN = "question_en"
    QUESTION_FR = "question_fr"
    KIND = "kind"
    CHANNELS = "channels"
    USER_GROUPS = "user_groups"
    PEOPLE = "people"
    WHOLE = "whole"  # the boxes "everyone" and "guests"
    OPEN_CHANNEL = "open_channel"
    RHYTHM = "rhythm"
    EVERY_WEEKS = "every_weeks"
    WAVE_DAYS = "wave_days"
    REMINDERS = "reminders"
    KEEP = "keep"  # for how many days what was said is kept; "0" is for good
    DIGEST_CHANNEL = "digest_channel"
    DIGEST_WEEKDAY = "digest_weekday"
    DIGEST_HOUR = "digest_hour"
    RESULT = "result"  # when the digest's channel reads a wave's result: "digest" or "closing"
    TIME_ZONE = "time_zone"
    COMMENT_CATEGORY = "comment_category"
    COMMENT_DRIVER = "comment_driver"
    COMMENT_TEXT = "comment_text"
    WHO = "who"  # "all", "answered" or "not_answered"
    TYPED_NAME = "typed_name"  # of the survey to delete
    QUARANTINE = "quarantine"
    WORKING_DAYS = "working_days"
    OPENS = "opens"  # "08:30", as the next
    CLOSES = "closes"
    HOLIDAYS = "holidays"
    REGIONS = "regions"
    MANAGERS = "managers"
    MANAGER_GROUPS = "manager_groups"
    BACK = "back"  # what goes back to what it was at first


COMMAND = "/nps"
