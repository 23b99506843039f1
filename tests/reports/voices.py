"""People who have said something in a wave, put into the database, and what a modal shows of it."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import col, select

from bot.sandbox.records import View
from storage.tables import Answer, Invitation, Mention, Wave
from storage.words import InvitationState
from tests.journeys.office import Office


async def a_wave_of_voices(
    office: Office,
    said: Mapping[str, tuple[int, str] | tuple[int, str, str]],
    *,
    silent: Mapping[str, InvitationState] | None = None,
    label: str | None = None,
    **survey_facts: object,
) -> Wave:
    """Store an open wave with answers a minute apart, and people who gave none; or, with a label, an imported one."""
    survey = await office.a_survey("Acme", **survey_facts)
    now = office.clock.now
    async with office.books.writing() as session:
        wave = Wave(
            workspace_id=survey.workspace_id,
            survey_id=survey.id,
            number=1,
            label=label,
            opened_by="U1MANAGER",
            opens_at=now,
            closes_at=now + timedelta(days=14),
            closed_at=now if label else None,
            planned_at=now,
        )
        session.add(wave)
        await session.flush()
        states = dict.fromkeys(said, InvitationState.ANSWERED) | dict(silent or {})
        if not label:
            session.add_all(
                Invitation(
                    workspace_id=wave.workspace_id, wave_id=wave.id, user_id=user, state=state, send_after=now
                )
                for user, state in states.items()
            )
            await session.flush()
        rows = await session.exec(select(Invitation).where(col(Invitation.wave_id) == wave.id))
        invitations = {row.user_id: row.id for row in rows}
        for minute, (user, (score, comment, *drivers)) in enumerate(said.items()):
            answer = Answer(
                workspace_id=wave.workspace_id,
                wave_id=wave.id,
                invitation_id=invitations.get(user),
                import_key=None if user in invitations else user.encode(),
                person=None if user in invitations else user,
                score=score,
                comment=comment or None,
                answered_at=now + timedelta(minutes=minute),
                changed_at=now,
            )
            session.add(answer)
            await session.flush()
            for driver in drivers:
                session.add(Mention(answer_id=answer.id, driver=driver, workspace_id=wave.workspace_id))
    return wave


def comments_in(view: View) -> list[str]:
    """Return the comments that a modal shows, as it shows them."""
    return [
        str(block["text"]["text"])
        for block in view.blocks
        if block["type"] == "section" and block["text"]["type"] == "plain_text"
    ]


def people_in(view: View) -> list[str]:
    """Return the people that the lines of a modal name, in their order."""
    said = " ".join(str(block) for block in view.blocks).split("<@")[1:]
    return [part.partition(">")[0] for part in said]
