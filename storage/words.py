"""Every vocabulary that is stored, and every limit that a table keeps, each written once.

It imports the standard library alone, so that rules, views and commands may use the same words as the tables.
"""

from enum import StrEnum

NAME_LENGTH = 60
"""Characters that the name of a survey may have: a form, an option and a message agree on it."""

NOTE_LENGTH = 3000
"""Characters of the note with which somebody closes a case."""

ACTION_LENGTH = 140
"""Characters of what people said, and of what was done about it: both stand in one line above a question."""

DRIVER_KEY = 75
"""Characters of a driver's name by which a menu knows it: Slack takes no more in an option."""

NOBODY = "erased-"
"""How the user id begins of an invitation that is nobody's any more. Slack's ids have no hyphen."""

MOST_WAVE_DAYS = 365
MOST_WEEKS = 52
MOST_REMINDERS = 2
WEEKDAYS = range(7)
"""0 is Monday."""
HOURS = range(24)
QUARANTINE_DAYS = 90
MOST_QUARANTINE_DAYS = 365
ANONYMOUS_DAYS = 28
"""The fewest days from one anonymous question to a person to the next, whatever the quarantine.

Who closes a wave early and asks the same people at once could subtract one result from the other.
"""
GRACE_DAYS = 30
"""Days that the data of a workspace are kept which has removed the app, unless the operator says otherwise."""


class Kind(StrEnum):
    """Who answers: it decides how the question is worded."""

    EMPLOYEES = "employees"  # people who work here
    CUSTOMERS = "customers"  # people who buy from us


class Rhythm(StrEnum):
    """When waves open by themselves."""

    ONCE = "once"  # never: a manager opens each
    WEEKS = "weeks"  # every so many
    MONTHLY = "monthly"  # every month, on the same day
    QUARTERLY = "quarterly"  # every three months, on the same day
    CONTINUOUS = "continuous"  # a wave a month, that asks each person on a day of their own


class Driver(StrEnum):
    """What a person may tick beside their score: what it is about."""

    QUALITY = "quality"  # of the product or service
    EXPERIENCE = "experience"  # of the customer
    SUPPORT = "support"  # and service
    COMMUNICATION = "communication"  # and engagement
    REPUTATION = "reputation"  # what others say
    MANAGEMENT = "management"  # and leadership; this and those below are for people who work here
    WORK = "work"  # and the tools for it
    GROWTH = "growth"  # and recognition
    TEAM = "team"  # and communication
    BALANCE = "balance"  # and pay


DRIVERS_OF = {
    Kind.CUSTOMERS: (
        Driver.QUALITY,
        Driver.EXPERIENCE,
        Driver.SUPPORT,
        Driver.COMMUNICATION,
        Driver.REPUTATION,
    ),
    Kind.EMPLOYEES: (Driver.MANAGEMENT, Driver.WORK, Driver.GROWTH, Driver.TEAM, Driver.BALANCE),
}
"""What people may tick where their survey names no drivers of its own."""

MOST_DRIVERS = 8
MOST_LINKS = 3
"""That a survey may have of its own."""


LETTER_LENGTH = 3000
"""Characters of what one side writes to the other under an anonymous comment."""

MOST_MINIMUM = 1000
"""Answers that a survey may wait for before it shows a result."""


class LeftOutBecause(StrEnum):
    """Why a wave does not ask somebody: the first of these that holds."""

    BOT = "bot"  # an app, not a person
    DEACTIVATED = "deactivated"  # the account is closed
    NEVER_SIGNED_IN = "never_signed_in"  # invited to the workspace, and not there yet
    STRANGER = "stranger"  # of another company, and the survey asks employees
    GUEST = "guest"  # and the survey asks no guests
    OPTED_OUT = "opted_out"  # the person wants no more questions
    QUARANTINED = "quarantined"  # another question reached them too short a time ago
    UNKNOWN = "unknown"  # Slack does not tell who it is
    NOT_THEIR_TURN = "not_their_turn"  # a continuous survey asks them in another month


class InvitationState(StrEnum):
    """`planned → claimed → delivered → answered | expired`; also `failed` and `uncertain`."""

    PLANNED = "planned"  # again: Slack took nothing, "ask me later", "ask me again", sent again, reopened
    CLAIMED = "claimed"  # from planned
    DELIVERED = "delivered"  # from claimed; from uncertain, if Slack was only late; from expired, reopened
    ANSWERED = "answered"  # from any of the others: the question also stands in App Home
    EXPIRED = "expired"  # the wave closed: from all but answered and failed; opted out or left: from planned
    FAILED = "failed"  # from claimed or uncertain: Slack said no, its code is kept
    UNCERTAIN = "uncertain"  # from claimed: Slack's reply never came; from expired, reopened


class ReminderState(StrEnum):
    """`planned → claimed → delivered`; also `failed` and `uncertain`. A needless one is deleted."""

    PLANNED = "planned"  # it waits for its time
    CLAIMED = "claimed"  # from planned
    DELIVERED = "delivered"  # from claimed; from uncertain, when Slack's reply was only late
    FAILED = "failed"  # likewise: Slack said no, its code is kept
    UNCERTAIN = "uncertain"  # from claimed: Slack's reply never came


class RunState(StrEnum):
    """`claimed → done | failed | uncertain`."""

    CLAIMED = "claimed"  # a process has it
    DONE = "done"  # from claimed; from uncertain, when Slack's reply was only late
    FAILED = "failed"  # likewise: Slack said no, its code is kept
    UNCERTAIN = "uncertain"  # from claimed: the process died, or Slack's reply was lost, while it spoke


class FollowUp(StrEnum):
    """Who of a survey is asked whether somebody may contact them: these, by their score."""

    DETRACTORS = "detractors"
    PASSIVES = "passives"  # and detractors
    EVERYONE = "everyone"


class CaseState(StrEnum):
    """`open → taken → contacted → closed`; from closed back to open or taken, when it is reopened."""

    OPEN = "open"  # nobody has it
    TAKEN = "taken"  # from open: somebody will write to the person
    CONTACTED = "contacted"  # from open and taken: somebody has
    CLOSED = "closed"  # from any of the others


class QuoteState(StrEnum):
    """`offered → picked → posted`; back to offered, when a manager thinks better of it or Slack says no."""

    OFFERED = "offered"  # its person has said that it may be quoted
    PICKED = "picked"  # from offered: it comes in a channel, or with the next digest
    POSTED = "posted"  # from picked: it stands there, or Slack never said whether it does


class ThreadState(StrEnum):
    """`open → ending → ended`, or at once from either to ended."""

    OPEN = "open"  # something joins it to its person, for who holds the secret
    ENDING = "ending"  # from open: nothing does any more, and managers read so some hours later
    ENDED = "ended"  # from either of the others


class ThreadEnding(StrEnum):
    """Why nobody writes any more in the conversation about an anonymous comment."""

    TEAM = "team"  # a manager ended it
    PERSON = "person"  # the one who wrote the comment did
    UNDELIVERABLE = "undeliverable"  # Slack does not take the message, or the person has erased themselves
    OVER = "over"  # it has lasted as long as it may


class LetterState(StrEnum):
    """`waiting → claimed → delivered`; also `uncertain` and `dropped`."""

    WAITING = "waiting"  # for its hour
    CLAIMED = "claimed"  # from waiting: a process has it
    DELIVERED = "delivered"  # from claimed; an answer of the person's at once from waiting
    UNCERTAIN = "uncertain"  # from claimed: Slack's reply never came
    DROPPED = "dropped"  # from waiting and claimed: the conversation ended before


class CaseEnding(StrEnum):
    """Why a case is closed."""

    RESOLVED = "resolved"  # those who follow up closed it
    SETTLED = "settled"  # the person says that it is settled
    WITHDRAWN = "withdrawn"  # the person wants no contact any more


class CaseCause(StrEnum):
    """What was behind a low score, as those say who closed the case."""

    BROKEN = "broken"  # something did not work
    MISSING = "missing"  # something is not there
    SLOW = "slow"  # an answer or a service took too long
    MISTAKE = "mistake"  # we did something wrong
    MISUNDERSTOOD = "misunderstood"  # we explained it badly
    PRICE = "price"  # or conditions
    OTHER = "other"


class CaseStep(StrEnum):
    """What happened to a case: its history is made of these."""

    OPENED = "opened"
    TAKEN = "taken"
    CONTACTED = "contacted"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    REOPENED = "reopened"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class CaseSort(StrEnum):
    """Which cases somebody looks at."""

    OPEN = "open"  # not closed, whoever has them
    OVERDUE = "overdue"  # nobody has made contact in time
    MINE = "mine"  # not closed, and the reader has them
    CLOSED = "closed"


class ActionState(StrEnum):
    """What has become of an action."""

    PLANNED = "planned"  # from any: it is to be done
    DONE = "done"  # from any
    DROPPED = "dropped"  # from any: nobody is told of it


class Event(StrEnum):
    """What a webhook can be told."""

    ANSWER_GIVEN = "answer.given"  # or changed
    WAVE_OPENED = "wave.opened"
    WAVE_CLOSED = "wave.closed"
    DIGEST_POSTED = "digest.posted"
    CASE_OPENED = "case.opened"  # or reopened
    CASE_TAKEN = "case.taken"
    CASE_CLOSED = "case.closed"


class TokenScope(StrEnum):
    """What a token lets a program do."""

    ASK = "ask"  # one person one survey's question
    READ = "read"  # results, as everyone may read them


class TellingState(StrEnum):
    """`waiting → told | given_up`."""

    WAITING = "waiting"  # for its time, or for the receiver to be there
    TOLD = "told"  # the receiver took it
    GIVEN_UP = "given_up"  # for three days it did not, or what it is about is gone
