"""What `nps-bot settings` does: the operator needs nobody's leave."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.app import App
from bot.ids import Field
from bot.shell.doing.surveys.channels import user_group_ids
from bot.shell.kit.sentences import Output, WrongInput
from bot.shell.kit.terminal import WORDS, plain
from bot.workspace import changing
from bot.workspace.rules.wishes import WrongWishes, wishes
from bot.workspace.views import settings as settings_view
from bot.workspace.views import settings_changed
from bot.workspace.views.settings import SettingsFacts
from bot.workspace.views.working_days import clock_value, days_and_hours

_USER_ID = re.compile(r"[UW][A-Z0-9]+")


async def show(app: App) -> Output:
    """Say what counts now, and what of it managers have set."""
    facts = await changing.settings_now(app.services)
    named = sorted(app.services.managers)
    lines = [
        f"Quarantine: {facts.quarantine_days} days",
        f"Days and hours: {days_and_hours(facts.working, WORDS)}",
        f"Public holidays: {', '.join(facts.working.holidays) or 'none'}",
        f"Managers beside admins and owners: {', '.join([*named, *facts.managers]) or 'none'}",
        f"Groups that manage: {', '.join(facts.manager_groups) or 'none'}",
        f"Set here: {', '.join(sorted(facts.own)) or 'nothing'}",
    ]
    return Output(_data(facts) | {"named_by_environment": named}, "\n".join(lines))


async def change(app: App, *, changes: Mapping[Field, Sequence[str]]) -> Output:
    """Change what is told, and leave the rest. Raises WrongInput."""
    if not changes:
        message = "Say what to change: nps-bot settings set --help lists what there is."
        raise WrongInput(message)
    if wrong := [one for one in changes.get(Field.MANAGERS, ()) if not _USER_ID.fullmatch(one)]:
        message = f"{wrong[0]} is no user id: give one such as U012AB3CD."
        raise WrongInput(message)
    given = dict(changes)
    if Field.MANAGER_GROUPS in given:
        given[Field.MANAGER_GROUPS] = await user_group_ids(
            app.services.slack, given[Field.MANAGER_GROUPS], option="--manager-group"
        )
    now = await changing.settings_now(app.services)
    try:
        changed = await changing.change_as_operator(app.services, wishes(_written(now) | given))
    except WrongWishes as wrong_wishes:
        told = settings_view.errors(wrong_wishes.errors, WORDS)
        raise WrongInput("\n".join(told.values())) from None
    after = await changing.settings_now(app.services)
    return Output(_data(after), plain(settings_changed.render(changed, WORDS)))


def _written(facts: SettingsFacts) -> dict[Field, Sequence[str]]:
    """Return what counts as its form would send it."""
    return {
        Field.QUARANTINE: [str(facts.quarantine_days)],
        Field.WORKING_DAYS: [str(day) for day in facts.working.days],
        Field.OPENS: [clock_value(facts.working.opens)],
        Field.CLOSES: [clock_value(facts.working.closes)],
        Field.HOLIDAYS: facts.working.holidays,
        Field.MANAGERS: facts.managers,
        Field.MANAGER_GROUPS: facts.manager_groups,
    }


def _data(facts: SettingsFacts) -> dict[str, Any]:
    return {
        "quarantine_days": facts.quarantine_days,
        "working_days": list(facts.working.days),
        "opens": clock_value(facts.working.opens),
        "closes": clock_value(facts.working.closes),
        "holidays": list(facts.working.holidays),
        "managers": list(facts.managers),
        "manager_groups": list(facts.manager_groups),
        "set": sorted(facts.own),
    }
