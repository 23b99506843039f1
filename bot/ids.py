"""The ids Slack hands back to us, each written once, grouped by journey."""

from enum import StrEnum


class ActionId(StrEnum):
    """A button or menu that somebody used."""

    SCORE = "answer.score"  # the eleven buttons are answer.score.0 … answer.score.10, their value "<invitation>:<score>"
    CHANGE = "answer.change"  # value "<invitation>"
    REASON = "answer.reason"  # value "<invitation>": opens the reason modal again
    OPEN_SCORE = "open.score"  # in a channel: open.score.0 … open.score.10, their value "<wave>:<score>"
    BALLOT_SCORE = (
        "ballot.score"  # as the score's, in an anonymous question: it opens the modal, and stores nothing
    )
    LINK = "link.open"  # link.open.<link>, its value "<link>": Slack opens it, and we count
    LATER = "invitation.later"  # the chosen option's value is "<invitation>:<hour, tomorrow or next_week>"
    ASK_NOW = "invitation.now"  # value "<invitation>": the question again, although it was put off
    STOP_ASKING = "preference.stop"  # value "<invitation>"; none in App Home
    ASK_AGAIN = "preference.ask_again"  # no value
    SHARE = "report.share"  # value "<survey>", as of those that show more of it; below an older wave "<survey>:<wave>"
    TREND = "report.trend"
    DRIVERS = "report.drivers"
    SEGMENTS = "report.segments"
    BALLOT_COMMENTS = (
        "ballots.comments"  # value "<survey>:<wave>:<key of a ballot>", or "<survey>" for the beginning
    )
    COMMENTS = "report.comments"
    WHO = "report.who"
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
    CASE_TAKE = "case.take"  # value "<case>", as of the next five
    CASE_CONTACTED = "case.contacted"
    CASE_CLOSE = "case.close"
    CASE_REOPEN = "case.reopen"
    CASE_SETTLED = "case.settled"  # by the person who may be contacted, as the next
    CASE_WITHDRAW = "case.withdraw"
    CASE_LIST = "case.list"  # case.list.open … and case.list.older, their value "<sort>:<case above>:<survey>"; what follows the sort may be missing
    CASE_HAND_OVER = "case.hand_over"  # the block's id is "case.<case>"; what is chosen is a person
    QUOTE_TAKE_BACK = "quote.take_back"  # value "<invitation>": by the person who said it, as the next
    QUOTE_TAKE_BACK_HERE = "quote.take_back_here"  # in the modal of `/nps me`
    QUOTE = "quote.pick"  # value "<quote>": where it is to stand, as the next
    QUOTE_UNDO = "quote.undo"  # it is to stand nowhere, although a manager has picked it
    THREAD_WRITE = "thread.write"  # value "<thread>", or "<thread>:<wave>:<key of a ballot>" where the page of comments begins after that
    THREAD_STOP = "thread.stop"  # likewise, in the window which that opens
    THREAD_ANSWER = "thread.answer"  # value "<thread>": by the person who is written to, as the next
    THREAD_END = "thread.end"
    ACTIONS = "action.list"  # no value: what was done about what people said
    ACTIONS_OLDER = "action.older"  # value "<survey>:<action above>", the survey 0 for all
    ACTION_NEW = "action.new"  # value "<survey>"
    ACTION_NEW_FOR = "action.new_for"  # the chosen option's value is "<survey>"
    ACTION_CHANGE = "action.change"  # value "<action>"


class Callback(StrEnum):
    """A modal that somebody sent or closed."""

    REASON = "answer.reason"
    BALLOT = "ballot.cast"
    ERASE_ME = "privacy.erase"
    SURVEY_FORM = "survey.form"
    SURVEY_PREVIEW = "survey.preview"
    SURVEY_DELETE = "survey.delete"
    SETTINGS = "workspace.settings"
    COMMENTS = "report.comments"
    CASE_CLOSE = "case.close"
    QUOTE = "quote.pick"
    THREAD_WRITE = "thread.write"
    THREAD_ANSWER = "thread.answer"
    ACTION = "action.form"


class Field(StrEnum):
    """An input of a modal: both its block_id and its action_id."""

    SCORE = "score"
    COMMENT = "comment"
    DRIVERS = "drivers"
    CONTACT = "contact"  # the box "yes"
    WRITE_BACK = "write_back"  # the box "yes"
    LETTER = "letter"
    QUOTE = "quote"  # "no", "unnamed" or "named"
    QUOTE_CHANNEL = "quote_channel"
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
    ANONYMITY = "anonymity"  # "anonymous" or "named"
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
    MINIMUM = "minimum"  # from how many answers on a result shows; "0" is the usual number
    DIGEST_CHANNEL = "digest_channel"
    DIGEST_COMMENTS = "digest_comments"  # "yes", or nothing
    DIGEST_WEEKDAY = "digest_weekday"
    DIGEST_HOUR = "digest_hour"
    RESULT = "result"  # when the digest's channel reads a wave's result: "digest" or "closing"
    TIME_ZONE = "time_zone"
    COMMENT_CATEGORY = "comment_category"
    COMMENT_DRIVER = "comment_driver"
    COMMENT_TEXT = "comment_text"
    WHO = "who"  # "all", "answered" or "not_answered"
    LINKS = "links"  # a line each
    FOLLOW_UP_CHANNEL = "follow_up_channel"
    FOLLOW_UP_WITH = "follow_up_with"
    CASE_NOTE = "case_note"
    CASE_CAUSE = "case_cause"
    ACTION_SAID = "action_said"
    ACTION_DID = "action_did"
    ACTION_DRIVERS = "action_drivers"
    ACTION_WAVE = "action_wave"  # a number, "0" for none
    ACTION_OWNER = "action_owner"
    ACTION_STATE = "action_state"
    ACTION_DAY = "action_day"
    ACTION_DELETE = "action_delete"  # the box "yes"
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


class WorkflowStep(StrEnum):
    """The step that Workflow Builder offers, what a workflow gives to it, and what it gets."""

    ASK = "ask_nps_question"
    PERSON = "person"
    SURVEY = "survey"
    SEND_AFTER = "send_after"


COMMAND = "/nps"
