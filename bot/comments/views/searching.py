"""What stands in the modal while a text is looked for in very many comments."""

from dataclasses import dataclass

from slackblocks import ModalView, SectionBlock

from bot.message import Json, escaped, mrkdwn, view
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class SearchingFacts:
    """Whose comments are looked through."""

    survey_name: str


def render(facts: SearchingFacts, words: Words) -> Json:
    """Make the modal. There is nothing to search by: what is found would stand in place of a later search."""
    looking = words("I am looking through all comments. What I find comes here in a moment.")
    return view(
        ModalView(
            title=words("Comments"),
            close=words("Close"),
            blocks=[
                SectionBlock(mrkdwn(f"*{escaped(facts.survey_name)}*")),
                SectionBlock(mrkdwn(looking)),
            ],
        )
    )


EXAMPLES = {"a survey": SearchingFacts("Acme <customers>")}
