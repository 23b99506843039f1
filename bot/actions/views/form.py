"""The modal in which a manager makes an action, changes it, ends or deletes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from slackblocks import (
    Block,
    CheckboxGroup,
    DatePicker,
    ModalView,
    Option,
    PlainText,
    PlainTextInput,
    SectionBlock,
    StaticMultiSelectMenu,
    UserSelectMenu,
)

from bot.actions.rules.draft import YES, ActionDraft, WrongField
from bot.answers.rules.drivers import name_of
from bot.ids import Callback, Field
from bot.mark import mark
from bot.message import Json, escaped, mrkdwn, view
from bot.surveys.views.form_fields import labelled, menu
from bot.typed import one_line
from bot.wording import Words
from storage.question import Offered, usual
from storage.words import ACTION_LENGTH, DRIVER_KEY, ActionState, Kind

STATES = {
    ActionState.PLANNED: mark("Planned"),
    ActionState.DONE: mark("Done"),
    ActionState.DROPPED: mark("Dropped: nobody is told of it"),
}
ERRORS = {
    WrongField.EMPTY: mark("Write a few words."),
    WrongField.TOO_LONG: mark("Please say it in {most} characters."),
    WrongField.NOT_YET: mark("This day is still to come. Choose “Planned”, or a day that has come."),
    WrongField.NO_DAY: mark("Choose a day."),
    WrongField.CHANGED: mark("Somebody has changed this meanwhile. Close this, and look at the list again."),
}
NO_WAVE = "0"


@dataclass(frozen=True, slots=True)
class ActionFormFacts:
    """An action of a survey as it stands, or as a new one begins; `action_id` is 0 for a new one.

    `offered` are the drivers to choose from, `waves` the numbers of the waves in which people may have said it.
    """

    survey_id: int
    survey_name: str
    draft: ActionDraft
    offered: tuple[Offered, ...] = ()
    waves: tuple[int, ...] = ()
    action_id: int = 0
    version: int = 0


def render(facts: ActionFormFacts, words: Words) -> Json:
    """Make the modal. Its `private_metadata` is "<survey>:<action>:<version>"."""
    drafted = facts.draft
    promised = words(
        "The people that “{survey}” asks read it above their next question. Use your own words: no names, no quotes.",
        survey=escaped(facts.survey_name),
    )
    blocks: list[Block] = [
        SectionBlock(mrkdwn(promised)),
        labelled(Field.ACTION_SAID, words("You said"), _line(Field.ACTION_SAID, drafted.said)),
        labelled(Field.ACTION_DID, words("We did, or we will"), _line(Field.ACTION_DID, drafted.did)),
        labelled(
            Field.ACTION_STATE,
            words("How it stands"),
            menu(Field.ACTION_STATE, {one: words(name) for one, name in STATES.items()}, drafted.state),
        ),
        labelled(
            Field.ACTION_DAY,
            words("Day"),
            DatePicker(Field.ACTION_DAY, initial_date=drafted.day.isoformat()),
            hint=words("When it was done, or until when it will be."),
        ),
        *_about(facts, words),
        labelled(
            Field.ACTION_OWNER,
            words("Who sees to it"),
            UserSelectMenu(
                action_id=Field.ACTION_OWNER, initial_user=drafted.owner, placeholder=words("A person")
            ),
            optional=True,
        ),
    ]
    if facts.action_id:
        blocks.append(_delete(words))
    return view(
        ModalView(
            title=words("Action"),
            submit=words("Save"),
            close=words("Cancel"),
            callback_id=Callback.ACTION,
            private_metadata=f"{facts.survey_id}:{facts.action_id}:{facts.version}",
            blocks=blocks,
        )
    )


def errors(found: Mapping[Field, WrongField], words: Words) -> dict[str, str]:
    """Give the sentence for each wrong field, as `response_action: errors` takes it."""
    return {field.value: words(ERRORS[wrong], most=ACTION_LENGTH) for field, wrong in found.items()}


def _line(field: Field, typed: str) -> PlainTextInput:
    return PlainTextInput(
        action_id=field, max_length=ACTION_LENGTH, initial_value=typed[:ACTION_LENGTH] or None
    )


def _about(facts: ActionFormFacts, words: Words) -> list[Block]:
    """Ask which reasons it is to change, and since which wave to look."""
    blocks: list[Block] = []
    chosen = facts.draft.drivers
    known = {one.key: one for one in (*facts.offered, *(Offered(key) for key in chosen))}
    known |= {one.key: one for one in facts.offered}
    if known:
        options = {
            key: Option(PlainText(one_line(name_of(one, words), DRIVER_KEY)), value=key[:DRIVER_KEY])
            for key, one in known.items()
        }
        ticked = [options[key] for key in chosen] or None
        element = StaticMultiSelectMenu(
            action_id=Field.ACTION_DRIVERS,
            options=list(options.values()),
            initial_options=ticked,
            placeholder=words("Reasons"),
        )
        hint = words("The reasons of a survey then tell whether fewer detractors name it.")
        blocks.append(
            labelled(
                Field.ACTION_DRIVERS, words("Which reasons is it about?"), element, hint=hint, optional=True
            )
        )
    if facts.waves:
        numbers = dict.fromkeys([*facts.waves, *([facts.draft.wave] if facts.draft.wave else [])])
        labels = {str(number): words("Wave {number}", number=number) for number in numbers}
        labels[NO_WAVE] = words("No wave in particular")
        chosen_wave = str(facts.draft.wave or NO_WAVE)
        blocks.append(
            labelled(
                Field.ACTION_WAVE,
                words("In which wave did they say it?"),
                menu(Field.ACTION_WAVE, labels, chosen_wave),
            )
        )
    return blocks


def _delete(words: Words) -> Block:
    yes = Option(PlainText(words("Yes, as if it had never been")), value=YES)
    return labelled(
        Field.ACTION_DELETE,
        words("Delete it?"),
        CheckboxGroup(action_id=Field.ACTION_DELETE, options=[yes]),
        optional=True,
    )


_NEW = ActionFormFacts(
    7,
    "Acme <customers>",
    ActionDraft("", "", ActionState.PLANNED, date(2025, 12, 1), wave=2, owner="U1"),
    offered=usual(Kind.CUSTOMERS),
    waves=(2, 1),
)

EXAMPLES = {
    "new": _NEW,
    "before the first wave": replace(_NEW, waves=(), draft=replace(_NEW.draft, wave=None)),
    "change": replace(
        _NEW,
        action_id=5,
        version=3,
        draft=ActionDraft(
            "Nobody answers the phone.",
            "Two more people answer it.",
            ActionState.DONE,
            date(2025, 11, 3),
            drivers=("support", "Waiting & <time>"),
            wave=1,
        ),
    ),
}
