"""One-sentence answers to those who follow up."""

from functools import partial

from bot.kit.views.remedy import remedy
from bot.message import Message, escaped, sentence
from bot.wording import Words
from storage.words import CaseState


def not_yours(words: Words) -> Message:
    """Tell somebody who is neither in the channel nor a manager."""
    return sentence(
        words("Only managers and those who are in the follow-up channel may do this. Join it first.")
    )


def your_own(words: Words) -> Message:
    """Tell somebody who would follow up their own answer."""
    return sentence(words("This is your own answer, so somebody else has to follow it up."))


def gone(words: Words) -> Message:
    """Tell that there is no such case."""
    return sentence(words("I no longer know this case. Its survey was deleted, perhaps."))


def otherwise(words: Words, *, state: CaseState, owner: str | None) -> Message:
    """Tell somebody who came second how the case stands."""
    if state is CaseState.CLOSED:
        return sentence(words("This case is closed."))
    if owner is None:
        return sentence(words("Nobody has this case now. Take it first."))
    return sentence(words("{owner} has this case.", owner=f"<@{owner}>"))


def not_to_them(words: Words, *, user_id: str) -> Message:
    """Tell that somebody cannot be handed a case."""
    return sentence(
        words(
            "{person} cannot have this case: they are not in the follow-up channel, or cannot be asked, or it is their own "
            "answer.",
            person=f"<@{user_id}>",
        )
    )


def handed_to_you(words: Words, *, survey_name: str, channel_id: str, by: str) -> Message:
    """Tell somebody that they have a case now."""
    return sentence(
        words(
            "{by} handed you a case of “{survey}”. Its card is in {channel}.",
            by=f"<@{by}>",
            survey=escaped(survey_name),
            channel=f"<#{channel_id}>",
        )
    )


def over(words: Words, *, survey_name: str, is_settled: bool) -> Message:
    """Tell who has a case that its person has ended it."""
    named = {"survey": escaped(survey_name)}
    if is_settled:
        return sentence(
            words(
                "A case of “{survey}” that you have is closed: the person says that it is settled.", **named
            )
        )
    return sentence(
        words(
            "A case of “{survey}” that you have is closed: the person wants no contact any more. Please do not write to them.",
            **named,
        )
    )


def no_card(words: Words, *, survey_name: str, channel_id: str, error: str | None) -> Message:
    """Tell a manager that a card was refused and what to do or, without an error code, that it may be there."""
    named = {"survey": escaped(survey_name), "channel": f"<#{channel_id}>"}
    if error is None:
        return sentence(
            words(
                "Slack never confirmed a follow-up card of “{survey}” in {channel}. Please look whether it is there.",
                **named,
            )
        )
    refused = words(
        "Somebody who answered “{survey}” may be contacted, but their card could not be posted in {channel}.",
        **named,
    )
    after = words("I try again and again, so it comes as soon as that is mended.")
    return sentence(f"{refused} {remedy(error, words)} {after}")


EXAMPLES = {
    "not yours": not_yours,
    "your own": your_own,
    "gone": gone,
    "somebody has it": partial(otherwise, state=CaseState.TAKEN, owner="U1"),
    "nobody has it": partial(otherwise, state=CaseState.OPEN, owner=None),
    "closed already": partial(otherwise, state=CaseState.CLOSED, owner="U1"),
    "not to them": partial(not_to_them, user_id="U2"),
    "handed to you": partial(handed_to_you, survey_name="Acme <b>", channel_id="C1", by="U1"),
    "over, settled": partial(over, survey_name="Acme", is_settled=True),
    "over, withdrawn": partial(over, survey_name="Acme", is_settled=False),
    "no card": partial(no_card, survey_name="Acme", channel_id="C1", error="is_archived"),
    "no card, perhaps": partial(no_card, survey_name="Acme", channel_id="C1", error=None),
}
