"""What erasing does, before somebody does it."""

from dataclasses import replace

from slackblocks import Block, CheckboxGroup, InputBlock, ModalView, Option, PlainText, SectionBlock

from bot.ids import Callback, Field
from bot.message import Json, mrkdwn, view
from bot.privacy.views.about_me import AboutMeFacts
from bot.wording import Words

NO_MORE = "no_more"


def render(facts: AboutMeFacts, words: Words) -> Json:
    """Make the modal; its button erases."""
    goes, stays = words("What happens, at once and for good:"), words("What stays:")
    parts = [
        [f"*{goes}*", *_goes(facts, words)],
        [f"*{stays}*", *_stays(facts, words)],
    ]
    blocks: list[Block] = [
        SectionBlock(mrkdwn("\n".join([lines[0], *(f"• {line}" for line in lines[1:])]))) for lines in parts
    ]
    if not facts.wants_none:
        option = Option(PlainText(words("Do not ask me again, in any survey")), value=NO_MORE)
        blocks.append(
            InputBlock(
                label=words("And from now on"),
                element=CheckboxGroup(action_id=Field.FROM_NOW_ON, options=[option]),
                block_id=Field.FROM_NOW_ON,
                optional=True,
            )
        )
    return view(
        ModalView(
            title=words("Erase my data"),
            submit=words("Erase it"),
            close=words("Keep everything"),
            callback_id=Callback.ERASE_ME,
            blocks=blocks,
        )
    )


def _goes(facts: AboutMeFacts, words: Words) -> list[str]:
    lines = []
    if facts.open_answers:
        lines.append(
            words.plural(
                "{n} answer in a wave that is open is taken back.",
                "{n} answers in waves that are open are taken back.",
                facts.open_answers,
            )
        )
    if facts.closed_answers or facts.imported:
        lines.append(
            words.plural(
                "{n} answer in a closed wave is erased; the wave's result keeps its counts, and nobody's name.",
                "{n} answers in closed waves are erased; the waves' results keep their counts, and nobody's name.",
                facts.closed_answers + facts.imported,
            )
        )
    if facts.comments:
        lines.append(words.plural("{n} comment goes.", "{n} comments go.", facts.comments))
    return [
        *lines,
        words(
            "My questions to you go; waves that are open now ask you no more. My old messages come to say so."
        ),
        words("I forget when I asked you last, so the next survey may ask you sooner."),
    ]


def _stays(facts: AboutMeFacts, words: Words) -> list[str]:
    lines = [
        words("Backups and files that were made before. What managers have read, they have read."),
        words("That a survey names you among those to ask, until its manager changes that."),
    ]
    if facts.wants_none:
        lines.append(words("Your wish not to be asked."))
    if facts.manages:
        lines.append(
            words("That you made surveys or opened waves, or are named a manager, as long as that stands.")
        )
    return lines


_SOME = AboutMeFacts(questions=5, open_answers=1, closed_answers=3, comments=2)

EXAMPLES = {
    "some answers": _SOME,
    "nothing yet": AboutMeFacts(),
    "a manager who wants no questions": replace(_SOME, manages=4, imported=1, wants_none=True),
}
