"""The part of the form that says whether people are followed up: where, and who is asked."""

from slackblocks import Block

from bot.ids import Field
from bot.mark import mark
from bot.surveys.views.form_fields import channel_menu, labelled, menu
from bot.wording import Words
from storage.words import FollowUp

WITH_WHOM = {
    FollowUp.DETRACTORS: mark("Detractors: 0 to 6"),
    FollowUp.PASSIVES: mark("Detractors and passives: 0 to 8"),
    FollowUp.EVERYONE: mark("Everyone"),
}


def follow_up_inputs(channel: str | None, with_whom: str, words: Words) -> list[Block]:
    """Ask for the channel, and where one is chosen, who is asked; both filled in with what stands."""
    choices: dict[str, str] = {one: words(label) for one, label in WITH_WHOM.items()}
    inputs = [
        labelled(
            Field.FOLLOW_UP_CHANNEL,
            words("In which channel are people followed up?"),
            channel_menu(Field.FOLLOW_UP_CHANNEL, channel, words),
            hint=words(
                "Who answers is asked whether someone may contact them. If they say yes, everyone in this channel reads "
                "their name, score and reason. If you choose none, nobody is asked."
            ),
            optional=True,
        )
    ]
    if channel:
        offered = menu(Field.FOLLOW_UP_WITH, choices, with_whom)
        inputs.append(labelled(Field.FOLLOW_UP_WITH, words("Who is asked that?"), offered))
    return inputs
