"""What to do about each of Slack's words for no."""

from bot.message import code
from bot.wording import Words, mark

REINSTALL = mark(
    "Slack no longer accepts the app's token. Reinstall the app, then set the new SLACK_BOT_TOKEN."
)


FORBIDDEN = mark("Slack does not let the app do this. Ask a workspace admin to allow it.")


REMEDIES = {
    "account_inactive": mark("The account is deactivated. Nothing to do."),
    "user_not_found": mark("Slack does not know this person any more. Nothing to do."),
    "not_in_channel": mark("I am not in the channel. Invite me there with /invite."),
    "channel_not_found": mark("I cannot see the channel. If it is private, invite me there with /invite."),
    "is_archived": mark("The channel is archived. Unarchive it, or make a survey with another one."),
    "missing_scope": mark(
        "I lack a permission. Reinstall the app with the manifest that `nps-bot manifest` prints."
    ),
    "file_uploads_disabled": mark(
        "This workspace takes no files. Whoever runs me can write the same file with `nps-bot export`."
    ),
    "ratelimited": mark(
        "Slack asked us to slow down for too long. Nothing to mend; the next one goes out as usual."
    ),
    "no_such_subteam": mark("The user group is gone. Make a survey with another one."),
    "plan_upgrade_required": mark(
        "This workspace's Slack plan has no user groups. Make a survey without them."
    ),
    "token_revoked": REINSTALL,
    "token_expired": REINSTALL,
    "invalid_auth": REINSTALL,
    "not_authed": REINSTALL,
    "not_allowed_token_type": mark("The token is of another kind. Set the one that begins with xoxb-."),
    "no_permission": FORBIDDEN,
    "restricted_action": FORBIDDEN,
    "ekm_access_denied": FORBIDDEN,
    "enterprise_is_restricted": FORBIDDEN,
    "team_access_not_granted": FORBIDDEN,
    "org_login_required": mark("Slack is moving this workspace to another plan. Nothing to mend."),
}


# What Slack says of one person it also says of the app, when the app's own account is meant.
REMEDIES_FOR_ALL = {
    "account_inactive": mark(
        "The app is not installed in this workspace any more. Reinstall it, then set the new SLACK_BOT_TOKEN."
    ),
}


def remedy(error: str, words: Words) -> str:
    """Say what to do about one of Slack's error codes, in mrkdwn."""
    if error in REMEDIES:
        return words(REMEDIES[error])
    said = f"`{code(error)}`"
    return words("Slack said {code}. Run {doctor} to find out more.", code=said, doctor="`nps-bot doctor`")


def remedy_for_all(error: str, words: Words) -> str:
    """Say what to do about an error that stopped a whole wave, in mrkdwn."""
    return words(REMEDIES_FOR_ALL[error]) if error in REMEDIES_FOR_ALL else remedy(error, words)
