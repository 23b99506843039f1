"""Ten thousand random answers: there is a case exactly where somebody has said that they may be contacted, and nowhere else."""

from random import Random

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers.answering import give_reason
from bot.kit.people import Who
from storage.answers import store_taps
from storage.cases import case_of, consenting, steps
from storage.kit import people
from storage.tables import Case, Invitation
from storage.words import CaseEnding, CaseState, FollowUp
from tests.builders import a_person, a_tap, a_wave, invitations_of
from tests.cases.follow_up import CARE
from tests.journeys.hands import colleagues
from tests.journeys.office import CHEN, Office

ANSWERS = 10_000
PEOPLE = 100
BATCH = 100
ENDINGS = {None, CaseEnding.RESOLVED}
ENDINGS_OF_A_PERSON = (CaseEnding.SETTLED, CaseEnding.WITHDRAWN)


async def asked_in(office: Office, name: str, who: list[str], **changes: object) -> dict[str, Invitation]:
    """Open a wave of a survey for these people, and let them all answer once."""
    survey = await office.a_survey(name, **changes)
    async with office.books.writing() as session:
        wave = await a_wave(session, who, survey=survey, opens_at=office.clock.now)
        asked = await invitations_of(session, wave)
        await store_taps(session, [a_tap(one, 3) for one in asked.values()], office.clock.now)
    return asked


@pytest.mark.slow
async def test_no_case_lacks_consent_and_no_consent_lacks_its_case(office: Office) -> None:
    chance = Random(13)  # noqa: S311 - the same answers each time
    who = colleagues(office, PEOPLE)
    async with office.books.writing() as session:
        team, now = office.slack.team_id, office.clock.now
        await people.ensure_workspace(session, team, "Acme")
        everyone = [a_person(one, workspace_id=team, refreshed_at=now) for one in who]
        await people.remember_many(session, everyone)
    followed = await asked_in(
        office, "Followed", who, follow_up_channel=CARE, follow_up_with=FollowUp.EVERYONE
    )
    unfollowed = await asked_in(office, "Unfollowed", who)
    agreed = dict.fromkeys(who, False)

    for _ in range(ANSWERS // BATCH):
        for number in range(BATCH // 10):
            one, ticked = chance.choice(who), chance.choice((None, True, False))
            asked = followed if number else unfollowed
            person = Who(team, one)
            await give_reason(office.app.services, person, asked[one].id, "why", (), may_contact=ticked)
            if asked is followed and ticked is not None:
                agreed[one] = ticked
        async with office.books.writing() as session:  # as the flow does, and many in one transaction
            for number in range(BATCH - BATCH // 10):
                one, ticked = chance.choice(who), chance.choice((True, False))
                asked = unfollowed if chance.random() < 1 / 10 else followed
                if ticked:
                    await consenting.consent(session, asked[one].id, now)
                else:
                    await consenting.withdraw(session, asked[one].id, now)
                if asked is followed:
                    agreed[one] = ticked
                if number % 5 == 0:
                    await somebody_acts(session, chance, followed[chance.choice(who)], agreed)

    cases = {one.user_id: one for one in await office.rows(Case)}
    assert len(cases) == len(await office.rows(Case))
    assert {one for one, case in cases.items() if case.ending in ENDINGS} == {
        one for one, may in agreed.items() if may
    }
    assert {case.invitation_id for case in cases.values()} <= {one.id for one in followed.values()}
    assert len({one.state for one in cases.values()}) == len(CaseState)


async def somebody_acts(
    session: AsyncSession, chance: Random, asked: Invitation, agreed: dict[str, bool]
) -> None:
    """Let those who follow up, or the person, do something with a case, if there is one."""
    case = await case_of(session, asked.id)
    if case is None:
        return
    now, deed = case.opened_at, chance.randrange(5)
    if deed == 0:
        await steps.take(session, case, CHEN, now)
    elif deed == 1:
        await steps.contact(session, case, CHEN, now)
    elif deed == 2:
        await steps.close(session, case, CHEN, "", None, now)
    elif deed == 3:
        await steps.reopen(session, case, CHEN, now)
    elif await steps.end(session, case, chance.choice(ENDINGS_OF_A_PERSON), now):
        agreed[asked.user_id] = False
