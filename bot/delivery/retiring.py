"""A question that was put off has come again: its older messages look retired, so that it stands once."""

from functools import partial

from bot.answers.question import AskedQuestion, asked_below, places_of
from bot.delivery.letters import InvitationLetter, QuestionLetter
from bot.kit.outage import spoken
from bot.kit.services import Services
from bot.logs import log
from bot.slack.errors import SlackError
from bot.slack.objects import Posted
from storage.delivery import invitations
from storage.words import InvitationState


async def retire_older(services: Services, letter: QuestionLetter, posted: Posted) -> None:
    """Let the older messages of a question say that it stands in a newer one. Slack's refusal is only logged.

    Unless its person has answered it meanwhile, or put it off once more: then each message says so already.
    """
    if not isinstance(letter, InvitationLetter) or letter.row.message_ts is None:
        return  # the first of its messages
    async with services.showing.of(letter.row.id):
        async with services.database.reading() as session:
            found = await invitations.with_waves(session, [letter.row.id])
        asked = AskedQuestion(*found[letter.row.id]) if letter.row.id in found else None
        if asked is None or asked.invitation.state is not InvitationState.DELIVERED:
            return
        before = Posted(posted.channel_id, letter.row.again_ts) if letter.row.again_ts else None
        places = dict.fromkeys([*await places_of(services, letter.row), *([before] if before else [])])
        message = asked_below(asked, letter.somebody)
        for place in places:
            if place == posted:
                continue
            try:
                await spoken(services, partial(services.slack.update, place, message))
            except SlackError as error:
                log.info("message.not_updated", invitation=letter.row.id, code=error.code)
