"""The loop is closed, by real taps: somebody may be contacted, somebody else takes their case, and something is done."""

from bot.ids import ActionId, Field
from bot.sandbox.records import Message
from bot.shell.demo.people import CARE, GENERAL, MANAGER, Opinion
from bot.shell.demo.stage import Stage
from storage.words import ActionState, CaseCause


async def may_be_contacted(on: Stage, user: str, said: Opinion) -> Message:
    """Let somebody answer and tick that someone may contact them; return the card that #care reads."""
    await on.answer(user, said)
    await on.tick()
    card = on.slack.messages(CARE)[-1]
    if user not in card.text:
        message = f"no card of {user} stands in #{on.slack.channels[CARE].name}"
        raise LookupError(message)
    return card


async def take(on: Stage, user: str, card: Message) -> Message:
    """Let somebody in #care take a case; return the card as it stands then. Its person is told who will write."""
    await _click(on, user, card, ActionId.CASE_TAKE)
    await on.tick()
    return _as_it_stands(on, card)


async def close(on: Stage, user: str, card: Message, cause: CaseCause, note: str) -> None:
    """Let the one who has a case say that they made contact, and close it."""
    await _click(on, user, card, ActionId.CASE_CONTACTED)
    await on.hands.click(user, _as_it_stands(on, card), ActionId.CASE_CLOSE)
    await on.slack.until(lambda: on.slack.modal(user) is not None)
    before = _as_it_stands(on, card)
    await on.hands.submit(user, on.modal_of(user), {Field.CASE_CAUSE: cause.value, Field.CASE_NOTE: note})
    await on.slack.until(lambda: _as_it_stands(on, card) != before)


async def something_is_done(on: Stage, survey: str, said: str, did: str, driver: str) -> None:
    """Let Maya type `/nps actions`, and tell all who are asked what came of what they said."""
    told = len(on.slack.ephemerals(MANAGER))
    await on.hands.command(MANAGER, GENERAL, f"actions {survey}")
    await on.slack.until(lambda: len(on.slack.ephemerals(MANAGER)) > told)
    await on.hands.click(MANAGER, on.slack.ephemerals(MANAGER)[-1], ActionId.ACTION_NEW)
    await on.slack.until(lambda: on.slack.modal(MANAGER) is not None)
    filled_in: dict[str, object] = {
        Field.ACTION_SAID: said,
        Field.ACTION_DID: did,
        Field.ACTION_STATE: ActionState.DONE.value,
        Field.ACTION_DRIVERS: [driver],
    }
    await on.hands.submit(MANAGER, on.modal_of(MANAGER), filled_in)
    await on.hands.close(MANAGER, on.modal_of(MANAGER))


async def _click(on: Stage, user: str, card: Message, action: ActionId) -> None:
    before = _as_it_stands(on, card)
    await on.hands.click(user, before, action)
    await on.slack.until(lambda: _as_it_stands(on, card) != before)


def _as_it_stands(on: Stage, card: Message) -> Message:
    return on.slack.found(card.channel, card.ts) or card
