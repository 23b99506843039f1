"""Which company somebody belongs to. The app meets people of another company in channels that both share."""

from .records import Channel, User
from .workspace import Sandbox


def team_of(sandbox: Sandbox, user: User) -> str:
    """Return the id of the person's own workspace."""
    return user.team_id or sandbox.team_id


def is_sister(sandbox: Sandbox, user: User) -> bool:
    """Tell whether somebody belongs to another workspace of our own organization."""
    return sandbox.enterprise is not None and user.team_id in sandbox.enterprise.sisters


def is_foreign(sandbox: Sandbox, user: User) -> bool:
    """Tell whether somebody belongs to another company."""
    return team_of(sandbox, user) != sandbox.team_id and not is_sister(sandbox, user)


def is_stranger(sandbox: Sandbox, user: User) -> bool:
    """Tell whether somebody of another company is in no channel that the app can see."""
    return is_foreign(sandbox, user) and not any(
        user.id in channel.members and (not channel.is_private or sandbox.bot_user_id in channel.members)
        for channel in sandbox.channels.values()
    )


def companies_in(sandbox: Sandbox, channel: Channel) -> list[str]:
    """Return the team ids of the other companies in a channel, none when it is not shared."""
    foreign = [user for user in sandbox.users.kept.values() if is_foreign(sandbox, user)]
    return sorted({user.team_id for user in foreign if user.id in channel.members})
