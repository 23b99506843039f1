"""What is wrong with a program's request: a word for the program, and a sentence for who wrote it."""

from enum import StrEnum
from http import HTTPStatus


class Problem(StrEnum):
    """The `code` of an answer that refuses."""

    NO_TOKEN = "no_token"  # noqa: S105 - a word
    OUT_OF_SCOPE = "out_of_scope"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_JSON = "no_json"
    UNREADABLE = "unreadable"
    NO_SUCH_SURVEY = "no_such_survey"
    NO_SUCH_WAVE = "no_such_wave"
    NO_SUCH_PERSON = "no_such_person"
    KEY_USED = "key_used"
    NO_OPEN_WAVE = "no_open_wave"
    PAUSED = "paused"
    IN_A_CHANNEL = "in_a_channel"
    ALREADY_ASKED = "already_asked"
    LEFT_OUT = "left_out"
    CLOSES_TOO_SOON = "closes_too_soon"
    BUSY = "busy"
    PLANNING = "planning"
    SLACK_AWAY = "slack_away"
    DATABASE_AWAY = "database_away"
    OUR_FAULT = "our_fault"


_TOLD: dict[Problem, tuple[HTTPStatus, str]] = {
    Problem.NO_TOKEN: (HTTPStatus.UNAUTHORIZED, "Send a token that stands: Authorization: Bearer nps_…"),
    Problem.OUT_OF_SCOPE: (
        HTTPStatus.FORBIDDEN,
        "The token may not do this: nps-bot token create makes another.",
    ),
    Problem.TOO_LARGE: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body has more than 16 kilobytes."),
    Problem.TOO_SLOW: (HTTPStatus.REQUEST_TIMEOUT, "The body did not come within three seconds."),
    Problem.NO_JSON: (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Send JSON, and say so: Content-Type: application/json.",
    ),
    Problem.UNREADABLE: (HTTPStatus.UNPROCESSABLE_ENTITY, "The request is not as the description says."),
    Problem.NO_SUCH_SURVEY: (HTTPStatus.NOT_FOUND, "There is no survey of this name."),
    Problem.NO_SUCH_WAVE: (HTTPStatus.NOT_FOUND, "The survey has no such wave."),
    Problem.NO_SUCH_PERSON: (HTTPStatus.NOT_FOUND, "Slack knows nobody of this id in the workspace."),
    Problem.KEY_USED: (HTTPStatus.CONFLICT, "This Idempotency-Key stands for another question."),
    Problem.NO_OPEN_WAVE: (HTTPStatus.CONFLICT, "No wave of the survey is open: a manager opens one."),
    Problem.PAUSED: (HTTPStatus.CONFLICT, "The survey is paused, or its sending stands still."),
    Problem.IN_A_CHANNEL: (HTTPStatus.CONFLICT, "The survey asks in a channel, and nobody by message."),
    Problem.ALREADY_ASKED: (HTTPStatus.CONFLICT, "The wave asks this person already."),
    Problem.LEFT_OUT: (HTTPStatus.CONFLICT, "This person may not be asked now; `because` says why."),
    Problem.CLOSES_TOO_SOON: (
        HTTPStatus.CONFLICT,
        "The wave closes before this person's next working hours.",
    ),
    Problem.BUSY: (HTTPStatus.SERVICE_UNAVAILABLE, "Many read at once: come back in a minute."),
    Problem.PLANNING: (HTTPStatus.SERVICE_UNAVAILABLE, "The wave has just opened: come back in a minute."),
    Problem.SLACK_AWAY: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Slack does not tell who this is: come back in a minute.",
    ),
    Problem.DATABASE_AWAY: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The database does not answer: come back in a minute.",
    ),
    Problem.OUR_FAULT: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here; the log of nps-bot says where.",
    ),
}


class WrongRequest(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A program asked for something that cannot be done; `because` is why somebody is left out, or which part of the request is wrong."""

    def __init__(self, problem: Problem, because: str | None = None) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.because = because

    @property
    def status(self) -> HTTPStatus:
        return _TOLD[self.problem][0]

    @property
    def sentence(self) -> str:
        return _TOLD[self.problem][1]
