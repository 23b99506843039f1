"""The form of a survey, filled in by hand in the pretend Slack, step by step."""

from collections.abc import Mapping

from bot.ids import Callback, Field
from bot.sandbox import form
from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import View
from bot.sandbox.workspace import Sandbox
from bot.surveys.rules import steps


async def fill_in(hands: SlackDriver, slack: Sandbox, user: str, wanted: Mapping[str, object]) -> View:
    """Fill in the open form and send each step. Return what stands there then.

    That is what follows the form, or a step with its errors, or an earlier one that says what is wrong.
    """
    wanted = {**_implied(wanted), **wanted}
    shown = _shown(slack, user)
    done = 0
    while shown.callback_id == Callback.SURVEY_FORM and not shown.errors and _step(shown) > done:
        done = _step(shown)
        for choice in steps.CHOICES:
            if choice in wanted and choice in _inputs(shown):
                seen = shown.hash
                await hands.click(user, shown, choice, wanted[choice])
                await slack.until(lambda seen=seen: _shown(slack, user).hash != seen)  # type: ignore[misc]
                shown = _shown(slack, user)
        here = {field: value for field, value in wanted.items() if field in _inputs(shown)}
        await hands.submit(user, shown, here)
        shown = _shown(slack, user)
    return shown


def _implied(wanted: Mapping[str, object]) -> dict[str, object]:
    """Make the choices that the wanted fields need."""
    more = {
        steps.OWN_WORDS: any(field.startswith("question") for field in wanted),
        steps.LANGUAGES: any(field.endswith(("_en", "_fr")) for field in wanted),
        steps.REASONS: Field.REASONS in wanted,
    }
    implied = dict[str, object]()
    if any(more.values()):
        implied[Field.MORE] = [box for box, is_on in more.items() if is_on]
    if wanted.get(Field.OPEN_CHANNEL):
        implied[Field.ASKS] = steps.CHANNEL
    return implied


def _step(shown: View) -> int:
    return int(str(shown.definition["private_metadata"]).split()[1])


def _inputs(shown: View) -> set[str]:
    return {element["action_id"] for _, element in form.elements(shown.blocks)}


def _shown(slack: Sandbox, user: str) -> View:
    shown = slack.modal(user)
    if shown is None:
        message = f"{user} has no modal open"
        raise LookupError(message)
    return shown
