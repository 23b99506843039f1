"""What `nps-bot actions` does: as `/nps actions` and its modal do, told on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.actions import editing
from bot.actions.listing import actions_of
from bot.actions.rules.draft import ActionDraft, WrongAction, draft
from bot.actions.views import actions as view
from bot.actions.views import form, saved
from bot.actions.views.actions import ActionRowFacts
from bot.actions.views.saved import SavedFacts
from bot.answers.rules.drivers import name_of
from bot.app import App
from bot.errors import Refused
from bot.ids import Field
from bot.kit.finding import one_survey, survey_to_read
from bot.kit.people import Who, manager
from bot.kit.rules.command import Verb
from bot.message import sentence
from bot.shell.doing.surveys.survey import reader
from bot.shell.kit.sentences import Output, WrongInput
from bot.shell.kit.terminal import WORDS, NotDone, plain
from storage.tables import Survey
from storage.words import ActionState

OPTIONS = {
    Field.ACTION_SAID: "--said",
    Field.ACTION_DID: "--did",
    Field.ACTION_STATE: "--state",
    Field.ACTION_DAY: "--day",
}
TODAY = "today"
"""A day that the terminal need not know: it is that of the manager."""

WrittenAction = Mapping[Field, Sequence[str]]


async def actions(app: App, *, name: str) -> Output:
    """Read the actions of one survey, or of all. Raises Refused."""
    survey = await survey_to_read(app.services, reader(app), name) if name else None
    first = await actions_of(app.services, survey)
    facts, rows = first, list(first.rows)
    while facts.has_older:
        facts = await actions_of(app.services, survey, rows[-1].action_id)
        rows += facts.rows
    lines = [f"{row.action_id}  {plain(sentence(view.line(row, WORDS)))}" for row in first.rows]
    more = ["There are older ones: --json prints them all."] if first.has_older else []
    text = "\n".join([*lines, *more]) or plain(view.render(first, WORDS))
    return Output({"actions": [_row_data(row) for row in rows]}, text)


async def add(app: App, *, user_id: str, name: str, written: WrittenAction) -> Output:
    """Make an action; what is not said begins as in the modal. Raises Refused, WrongInput."""
    who = Who(app.identity.workspace_id, user_id)
    somebody = await manager(app.services, who)
    survey = await one_survey(app.services, who, Verb.ACTIONS, name)
    today = editing.today(app.services, somebody)
    _, numbers = await editing.choices(app.services, survey)
    begun = ActionDraft(
        "", "", ActionState.PLANNED, today, wave=numbers[0] if numbers else None, owner=somebody.user_id
    )
    drafted = await _drafted(app, survey, begun, written, somebody.user_id)
    number, facts = await editing.make(app.services, who, survey.id, drafted)
    return _said(number, facts)


async def change(app: App, *, user_id: str, number: int, written: WrittenAction) -> Output:
    """Change what is said of an action, end it, or delete it; the rest stays. Raises Refused, WrongInput, NotDone."""
    who = Who(app.identity.workspace_id, user_id)
    await manager(app.services, who)
    try:
        action, survey = await editing.as_it_stands(app.services, who, number)
    except Refused as refused:
        if refused.word != "no_such_action":
            raise
        message = f"There is no action {number}: nps-bot actions lists them."
        raise NotDone(message) from None
    drafted = await _drafted(app, survey, editing.as_drafted(action), written, user_id)
    try:
        facts = await editing.change(app.services, who, number, action.version, drafted)
    except WrongAction as wrong:  # somebody in Slack was quicker
        raise NotDone(_sentences(wrong)) from None
    return _said(number, facts)


async def _drafted(
    app: App, survey: Survey, before: ActionDraft, written: WrittenAction, user_id: str
) -> ActionDraft:
    """Read what was written over what stands, by the rules of the modal. Raises WrongInput."""
    told = _as_written(before) | dict(written)
    offered, numbers = await editing.choices(app.services, survey)
    named = {name_of(one, WORDS).casefold(): one.key for one in offered} | {
        one: one for one in before.drivers
    }
    named |= {one.key: one.key for one in offered}
    unknown = [one for one in told[Field.ACTION_DRIVERS] if one.casefold() not in named]
    if unknown:
        message = f"--reason: “{survey.name}” has no reason {unknown[0]}. It has: {', '.join(one.key for one in offered)}."
        raise WrongInput(message)
    [wave] = told[Field.ACTION_WAVE]
    if wave not in {form.NO_WAVE, str(before.wave), *map(str, numbers)}:
        message = f"--wave: “{survey.name}” has no wave {wave}."
        raise WrongInput(message)
    told[Field.ACTION_DRIVERS] = [named[one.casefold()] for one in told[Field.ACTION_DRIVERS]]
    today = editing.today(app.services, await manager(app.services, Who(app.identity.workspace_id, user_id)))
    if told[Field.ACTION_DAY] == [TODAY]:
        told[Field.ACTION_DAY] = [today.isoformat()]
    try:
        return draft({field: list(values) for field, values in told.items()}, today)
    except WrongAction as wrong:
        raise WrongInput(_sentences(wrong)) from None
    except ValueError:
        message = "--day: write it as 2026-11-30."
        raise WrongInput(message) from None


def _as_written(before: ActionDraft) -> dict[Field, Sequence[str]]:
    """Give an action as its modal would send it."""
    return {
        Field.ACTION_SAID: [before.said],
        Field.ACTION_DID: [before.did],
        Field.ACTION_STATE: [before.state.value],
        Field.ACTION_DAY: [before.day.isoformat()],
        Field.ACTION_DRIVERS: list(before.drivers),
        Field.ACTION_WAVE: [str(before.wave or form.NO_WAVE)],
        Field.ACTION_OWNER: [before.owner or ""],
        Field.ACTION_DELETE: [],
    }


def _sentences(wrong: WrongAction) -> str:
    told = form.errors(wrong.errors, WORDS)
    return "\n".join(f"{OPTIONS[field]}: {told[field.value]}" for field in wrong.errors)


def _said(number: int, facts: SavedFacts) -> Output:
    acted = facts.acted
    data = {
        "action": number,
        "survey": facts.survey_name,
        "said": acted and acted.said,
        "did": acted and acted.did,
        "state": acted and acted.state,
        "day": acted and acted.day.isoformat(),
        "is_told": facts.is_told,
    }
    return Output(data, plain(saved.render(facts, WORDS)))


def _row_data(row: ActionRowFacts) -> dict[str, Any]:
    return {
        "action": row.action_id,
        "survey": row.survey_name,
        "said": row.acted.said,
        "did": row.acted.did,
        "state": row.acted.state,
        "day": row.acted.day.isoformat(),
        "drivers": [driver.key for driver in row.drivers],
        "wave": row.wave,
        "owner": row.owner,
        "is_told": row.is_told,
    }
