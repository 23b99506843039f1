"""What to do about each of Slack's error codes, in sentences; `bot.slack.codes` says which code needs which."""

from bot.mark import mark
from bot.message import code
from bot.slack.codes import Remedy, meaning
from bot.wording import Words

SENTENCES = {
    Remedy.WAIT: mark("Slack is in trouble just now. Nothing to mend; please try again later."),
    Remedy.NETWORK: mark("Slack could not be reached. Check the network, and the proxy if there is one."),
    Remedy.GATEWAY: mark(
        "Something on the way to Slack answered in its place. Check the network, and the proxy if there is one."
    ),
    Remedy.SLOWER: mark(
        "Slack asked us to slow down for too long. Nothing to mend; the next one goes out as usual."
    ),
    Remedy.MOVING: mark("Slack is moving this workspace to another plan. Nothing to mend."),
    Remedy.REINSTALL: mark(
        "Slack no longer accepts the app's token. Reinstall the app, then set the new SLACK_BOT_TOKEN."
    ),
    Remedy.APP_REMOVED: mark(
        "The app is not installed in this workspace any more. Reinstall it, then set the new SLACK_BOT_TOKEN."
    ),
    Remedy.OTHER_TOKEN: mark("The token is of another kind. Set the one that begins with xoxb-."),
    Remedy.NEW_SCOPES: mark(
        "I lack a permission. Reinstall the app with the manifest that `nps-bot manifest` prints."
    ),
    Remedy.ALLOW: mark("Slack does not let the app do this. Ask a workspace admin to allow it."),
    Remedy.ALLOW_NETWORK: mark(
        "This workspace takes nothing from the network that I run in. Ask a workspace admin to allow its address."
    ),
    Remedy.TWO_FACTORS: mark(
        "Slack waits for two-factor authentication to be set up. Ask a workspace admin to do that."
    ),
    Remedy.MESSAGES_TAB: mark(
        "The app's Messages tab is off. Switch it on under App Home in the app's settings."
    ),
    Remedy.HOME_TAB: mark("The app's Home tab is off. Switch it on under App Home in the app's settings."),
    Remedy.MESSAGE_LIMIT: mark(
        "This workspace has sent as many messages as its Slack plan allows. Ask a workspace admin what to do."
    ),
    Remedy.DEACTIVATED: mark("The account is deactivated. Nothing to do."),
    Remedy.PERSON_GONE: mark("Slack does not know this person any more. Nothing to do."),
    Remedy.NOT_TO_THEM: mark("Slack does not let me write to this person. Nothing to do."),
    Remedy.A_BOT: mark("This is an app and not a person. Nothing to do."),
    Remedy.INVITE: mark("I am not in the channel. Invite me there with /invite."),
    Remedy.UNSEEN: mark("I cannot see the channel. If it is private, invite me there with /invite."),
    Remedy.UNARCHIVE: mark("The channel is archived. Unarchive it, or make a survey with another one."),
    Remedy.READ_ONLY: mark(
        "Not everybody may write in the channel. Ask a workspace admin to let me, or make a survey with another one."
    ),
    Remedy.GROUP_GONE: mark("The user group is gone. Make a survey with another one."),
    Remedy.NO_GROUPS: mark("This workspace's Slack plan has no user groups. Make a survey without them."),
    Remedy.EXPORT_INSTEAD: mark(
        "This workspace takes no files. Whoever runs me can write the same file with `nps-bot export`."
    ),
}


def remedy(error: str, words: Words) -> str:
    """Say what to do about one of Slack's error codes, in mrkdwn."""
    return _sentence(error, meaning(error).remedy, words)


def remedy_for_person(error: str, words: Words) -> str:
    """Say what to do about an error that kept a message from one person, in mrkdwn."""
    known = meaning(error)
    return _sentence(error, known.of_person or known.remedy, words)


def remedy_for_all(error: str, words: Words) -> str:
    """Say what to do about an error that stopped a whole wave, in mrkdwn."""
    known = meaning(error)
    return _sentence(error, known.of_all or known.remedy, words)


def _sentence(error: str, what: Remedy, words: Words) -> str:
    if what in SENTENCES:
        return words(SENTENCES[what])
    said = f"`{code(error)}`"
    return words("Slack said {code}. Run {doctor} to find out more.", code=said, doctor="`nps-bot doctor`")
