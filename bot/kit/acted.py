"""What was done about what people said, as a view tells it."""

from bot.kit.views.acted import YouSaid
from storage.tables import Action


def as_told(action: Action) -> YouSaid:
    return YouSaid(action.said, action.did, action.state, action.day)
