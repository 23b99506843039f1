"""`/nps help`: every subcommand, in the order in which they are needed."""

from dataclasses import dataclass

from slackblocks import Block, ContextBlock, HeaderBlock, SectionBlock

from bot.ids import COMMAND
from bot.mark import mark
from bot.message import Message, message, mrkdwn
from bot.wording import Words
from scoring.nps import display

FOR_EVERYONE = {
    "": mark("the result of the newest survey"),
    "{name}": mark("the result of one survey"),
    "trend {name}": mark("its closed waves side by side, with their intervals"),
    "drivers {name}": mark("what people gave as their reasons, and who gave which"),
    "segments {name}": mark("its channels and user groups side by side, or a column of an imported file"),
    "compare {name} {name}": mark("two surveys side by side; `compare 1 2` and a name, two waves of one"),
    "wave 2 {name}": mark("the result of its second wave, or of any other"),
    "score 18 11 2": mark("the NPS of 18 promoters, 11 passives and 2 detractors"),
    "list": mark("every survey and where it stands"),
    "me": mark("what I keep about you, as a file, and the button that erases it"),
    "help": mark("this list"),
}
FOR_MANAGERS = {
    "new": mark("make a survey"),
    "open {name}": mark("open its next wave: everyone in it gets the question"),
    "waves": mark("how far each open wave has come, and what opens next"),
    "comments {name}": mark("what people wrote, newest first; you may add `detractors`, a driver, a text"),
    "who {name}": mark(
        "who has answered its newest wave, and who has not; `who 2` and a name: its second wave"
    ),
    "cases": mark(
        "who may be contacted, and who has them; you may add `overdue`, `mine` or `closed`, and a survey"
    ),
    "actions {name}": mark("“you said, we did”: what people read above their next question"),
    "edit {name}": mark("change it"),
    "pause {name}": mark("send, post and open nothing, until you resume it"),
    "resume {name}": mark("go on sending"),
    "close {name}": mark("close its wave early"),
    "reopen {name}": mark("let a wave that was closed early take answers again, within a week"),
    "end {name}": mark("open no more waves; the results stay"),
    "delete {name}": mark("delete it with all its answers"),
    "settings": mark("how often and when people are asked, and who manages"),
    "export {name}": mark("every answer as a file for spreadsheets, without names"),
}


@dataclass(frozen=True, slots=True)
class HelpFacts:
    """Who asks."""

    is_manager: bool


def render(facts: HelpFacts, words: Words) -> Message:
    """Make a line for each subcommand; those for managers stand in a part of their own, which others do not see."""
    title = words("What {command} can do", command=COMMAND)
    what_nps_is = words(
        "The Net Promoter Score is the share of promoters (9 or 10) minus the share of detractors (0 to 6), "
        "from {lowest} to {highest}.",
        lowest=display(-100),
        highest=display(100),
    )
    managers = words("For managers")
    everyone, theirs = _lines(FOR_EVERYONE, words), _lines(FOR_MANAGERS, words)
    blocks: list[Block] = [HeaderBlock(title), SectionBlock(mrkdwn(everyone))]
    text = [title, everyone]
    if facts.is_manager:
        blocks.append(SectionBlock(mrkdwn(f"*{managers}*\n{theirs}")))
        text += [managers, theirs]
    blocks.append(ContextBlock([mrkdwn(what_nps_is)]))
    return message("\n".join([*text, what_nps_is]), blocks)


def _lines(subcommands: dict[str, str], words: Words) -> str:
    name = words("NAME")
    return "\n".join(
        f"`{COMMAND} {subcommand.format(name=name)}".rstrip() + f"`  {words(does)}"
        for subcommand, does in subcommands.items()
    )


EXAMPLES = {"for a manager": HelpFacts(is_manager=True), "for others": HelpFacts(is_manager=False)}
