"""A notice in place of the modal that somebody has just sent."""

from slackblocks import ModalView, SectionBlock

from bot.kit.views import notices
from bot.message import Json, Message, mrkdwn, view
from bot.wording import Words


def render(notice: Message, words: Words) -> Json:
    """Make a modal that holds the notice's text, in mrkdwn, and a button to close it."""
    return view(
        ModalView(
            title=words("Please note"), close=words("Close"), blocks=[SectionBlock(mrkdwn(notice.text))]
        )
    )


EXAMPLES = {"closed": notices.wave_closed}
