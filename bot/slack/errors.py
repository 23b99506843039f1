"""The three ways in which Slack can say no.

Posting is never retried blindly: when a reply is lost, Slack may have taken the message, and a second try would
reach the person twice. Only a reply that says "I took nothing" may be repeated.
"""


class SlackError(Exception):
    """Slack did not do what was asked. `code` is Slack's own word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SlackRefused(SlackError):  # noqa: N818 - three outcomes, named as such
    """Slack said no, and will say no again until somebody mends something."""


class SlackBusy(SlackError):  # noqa: N818
    """Slack took nothing; ask again after `retry_after` seconds, when it said so."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class SlackUnsure(SlackError):  # noqa: N818
    """The reply never came: the message may stand in Slack or not."""
