"""What is asked before somebody dies, and what was heard of it after."""

from datetime import timedelta

from bot.sandbox.records import Channel, Message
from storage.answers import record_reason, store_taps
from storage.audience import Audience
from storage.cases import consenting
from storage.tables import Case, Run
from storage.words import RunState
from tests.builders import a_tap
from tests.cases.follow_up import CARE, WORDS
from tests.journeys.hands import colleagues
from tests.journeys.office import CHEN, MAYA, Office

MANY = 30


async def ask(office: Office) -> list[str]:
    """Ask many people of a survey that follows them up in a channel where Chen is; return them."""
    office.slack.add_channel(Channel(CARE, "care", members=(CHEN,)))
    people = colleagues(office, MANY)
    await office.ask_everyone(audience=Audience(people=tuple(people)), follow_up_channel=CARE)
    return people


def about(office: Office, channel: str, *words: str) -> list[Message]:
    return [one for one in office.slack.messages(channel) if all(word in str(one) for word in words)]


def told(office: Office, words: str) -> int:
    return sum(words in one for one in office.news(MAYA))


async def run_of(office: Office, job: str, subject: int) -> RunState | None:
    return next(
        (one.state for one in await office.rows(Run) if (one.job, one.subject) == (job, subject)), None
    )


async def may_be_contacted(office: Office, user: str, due_in: timedelta = timedelta(days=2)) -> Case:
    """Let somebody say that they may be contacted; nobody knows of it yet."""
    invitation, now = (await office.invitations())[user], office.clock.now
    async with office.books.writing() as session:
        await store_taps(session, [a_tap(invitation, 3)], now)
        await record_reason(session, invitation.id, invitation.workspace_id, user, WORDS, (), now)
        case = await consenting.consent(session, invitation.id, now, now + due_in)
    assert case is not None
    return case
