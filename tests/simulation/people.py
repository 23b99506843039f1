"""What people do with what they have seen, also with messages that are older than what stands in Slack now."""

from bot.sandbox.form import elements
from storage.tables import Invitation, Wave
from storage.words import InvitationState
from tests.journeys.hands import LATER, STOP, actions, forged
from tests.journeys.office import listeners_finish
from tests.simulation.company import SCORE, Asking, Company


async def tap(company: Company, pick: int, score: int) -> None:
    """Tap a score below a question or a reminder, the newest ones not preferred."""
    if not (asking := _picked(company, pick)):
        return
    is_open = await _is_open(company, asking.invitation)
    reply = await company.office.driver.click(asking.person, asking.message, f"{SCORE}{score}")
    before = company.may_stand.get(asking.invitation, {None})
    if reply.status != 200:
        company.may_stand[asking.invitation] = before | {score}
    elif is_open:
        company.may_stand[asking.invitation] = {score}
    await listeners_finish()


async def tap_what_is_not_theirs(company: Company, other: Company, pick: int, score: int) -> None:
    """Tap with the number of a question in the other workspace, as nobody can but an attacker."""
    asking, theirs = _picked(company, pick), _picked(other, pick)
    if asking and theirs:
        action = f"{SCORE}{score}"
        message = forged(asking.message, action, f"{theirs.invitation}:{score}")
        await company.office.driver.click(theirs.person, message, action)
        await listeners_finish()


async def put_off(company: Company, pick: int, later: int) -> None:
    """Ask to be asked later: one of the choices that the message offers."""
    if not (asking := _picked(company, pick)):
        return
    menus = [one for _, one in elements(asking.message.blocks) if one["action_id"] == LATER]
    for menu in menus[:1]:
        values = [option["value"] for option in menu["options"]]
        value = values[later % len(values)]
        await company.office.driver.click(asking.person, asking.message, LATER, value)
        await listeners_finish()
        [row] = [one for one in await company.office.rows(Invitation) if one.id == asking.invitation]
        if row.state is InvitationState.PLANNED:
            company.put_off[row.id] += 1


async def wish(company: Company, person: str, action: str) -> None:
    """Want no more questions, or want them again, in App Home, as far as it shows that button."""
    await company.office.driver.open_home(person)
    await listeners_finish()
    home = company.slack.home(person)
    if home is None or action not in actions(home):
        return
    reply = await company.office.driver.click(person, home, action)
    await listeners_finish()
    if reply.status == 200:
        company.wants_none -= {person}
        company.wants_none |= {person} if action == STOP else set()


def _picked(company: Company, pick: int) -> Asking | None:
    return company.askings[pick % len(company.askings)] if company.askings else None


async def _is_open(company: Company, invitation: int) -> bool:
    [row] = [one for one in await company.office.rows(Invitation) if one.id == invitation]
    [wave] = [one for one in await company.office.rows(Wave) if one.id == row.wave_id]
    return wave.closed_at is None and company.office.clock.now < wave.closes_at
