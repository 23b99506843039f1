"""One-sentence answers to a manager who quotes somebody."""

from functools import partial

from bot.kit.views.remedy import remedy
from bot.message import Message, escaped, sentence
from bot.wording import Words


def gone(words: Words) -> Message:
    """Tell that the words may not be quoted any more."""
    return sentence(words("These words may not be quoted any more: their author has taken that back."))


def picked_already(words: Words) -> Message:
    """Tell a manager that another one was quicker."""
    return sentence(
        words("Somebody else has just changed this quote. Open the comments again to see how it is.")
    )


def no_channel(words: Words) -> Message:
    """Tell that a channel must be chosen."""
    return sentence(words("Choose a channel: this survey has no digest that comes."))


def not_posted(words: Words, *, survey_name: str, channel_id: str, error: str | None) -> Message:
    """Tell that Slack refused a quote and what to do or, without an error code, that it may be there."""
    named = {"survey": escaped(survey_name), "channel": f"<#{channel_id}>"}
    if error is None:
        return sentence(
            words(
                "Slack never confirmed a quote from “{survey}” in {channel}. Please look whether it is there. If its author "
                "takes it back, I cannot change it: then delete it there.",
                **named,
            )
        )
    refused = words("The quote from “{survey}” could not be posted in {channel}.", **named)
    after = words("Then quote it again, there or in another channel: it stands in the comments.")
    return sentence(f"{refused} {remedy(error, words)} {after}")


def delete_it(words: Words, *, survey_name: str, channel_id: str) -> Message:
    """Ask the manager who posted a quote to delete it: Slack never said where it stands."""
    return sentence(
        words(
            "A quote from “{survey}” was taken back. I do not know its message in {channel}: please delete it there, if it "
            "is there.",
            survey=escaped(survey_name),
            channel=f"<#{channel_id}>",
        )
    )


EXAMPLES = {
    "gone": gone,
    "picked already": picked_already,
    "no channel": no_channel,
    "archived": partial(not_posted, survey_name="Acme <b>", channel_id="C1", error="is_archived"),
    "not confirmed": partial(not_posted, survey_name="Acme", channel_id="C1", error=None),
    "delete it": partial(delete_it, survey_name="Acme <b>", channel_id="C1"),
}
