"""What stands above, and in place of, the file with all that is kept about somebody."""

from bot.message import Message, sentence
from bot.wording import Words

NAME = "nps-my-data.json"


def caption(words: Words) -> str:
    """Say what is in the file, in mrkdwn."""
    return words(
        "This is all that I keep about you, as JSON, which any text editor shows. Nobody else gets it from me; `/nps me` "
        "erases it."
    )


def not_sent(words: Words) -> Message:
    """Say that Slack did not take the file."""
    return sentence(
        words(
            "Slack did not take the file with your data. Please try again; if it happens again, the people who run me can "
            "write the same file with `nps-bot about`."
        )
    )


EXAMPLES = {"not sent": not_sent}
