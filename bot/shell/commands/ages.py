"""Times as they are typed on the command line."""

from bot.privacy.rules.ages import SHORTEST, days_in
from bot.shell.kit.sentences import WrongInput


def kept(typed: str) -> str:
    """Give for how many days something is kept as a form has it; "0" is for good. Raises WrongInput."""
    if typed == "always":
        return "0"
    days = days_in(typed)
    if days is None or days < SHORTEST:
        message = (
            f"--keep-words “{typed}” will not do: write 90d, 18m, 2y or always, and at least {SHORTEST} days."
        )
        raise WrongInput(message)
    return str(days)
