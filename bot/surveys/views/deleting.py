"""The modal before a survey is deleted: what goes, the export, and its name to type."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Block, Button, InputBlock, ModalView, PlainTextInput, SectionBlock

from bot.ids import ActionId, Callback, Field
from bot.message import Json, Message, escaped, mrkdwn, sentence, view
from bot.wording import Words
from storage.words import ANONYMOUS_DAYS, NAME_LENGTH


@dataclass(frozen=True, slots=True)
class DeletingFacts:
    """A survey, and how many waves and answers go with it."""

    survey_id: int
    survey_name: str
    waves: int
    answers: int
    is_anonymous: bool = False


def render(facts: DeletingFacts, words: Words) -> Json:
    """Make the modal; `wrong_name` words what may come back to it."""
    blocks: list[Block] = [SectionBlock(mrkdwn("\n".join(_told(facts, words))))]
    if facts.answers:
        export = Button(
            words("Export the answers first"), action_id=ActionId.EXPORT, value=str(facts.survey_id)
        )
        blocks.append(ActionsBlock([export]))
    blocks.append(
        InputBlock(
            label=words("Type the name of the survey to delete it"),
            element=PlainTextInput(action_id=Field.TYPED_NAME, max_length=NAME_LENGTH),
            block_id=Field.TYPED_NAME,
        )
    )
    return view(
        ModalView(
            title=words("Delete a survey"),
            submit=words("Delete it"),
            close=words("Keep it"),
            callback_id=Callback.SURVEY_DELETE,
            private_metadata=str(facts.survey_id),
            blocks=blocks,
        )
    )


def question(facts: DeletingFacts, words: Words) -> Message:
    """Ask the same on a terminal."""
    return sentence("\n".join(_told(facts, words)))


def wrong_name(words: Words) -> dict[str, str]:
    """Say beside the input that this is another name."""
    return {Field.TYPED_NAME: words("This is not its name, so nothing was deleted.")}


def _told(facts: DeletingFacts, words: Words) -> list[str]:
    waves = words.plural("{n} wave", "{n} waves", facts.waves)
    answers = words.plural("{n} answer", "{n} answers", facts.answers)
    name = escaped(facts.survey_name)
    lines = [
        words("“{name}” goes for good, with {waves} and {answers}.", name=name, waves=waves, answers=answers)
    ]
    if facts.is_anonymous and facts.waves:
        lines.append(
            words(
                "No other anonymous survey asks the same people within {days} days of its question.",
                days=ANONYMOUS_DAYS,
            )
        )
    return [*lines, words("Those who manage it are told that you did it.")]


_LARGE = DeletingFacts(survey_id=7, survey_name="Team pulse", waves=4, answers=1204)

EXAMPLES = {
    "with answers": _LARGE,
    "anonymous": replace(_LARGE, is_anonymous=True),
    "without answers": replace(_LARGE, waves=0, answers=0),
}
