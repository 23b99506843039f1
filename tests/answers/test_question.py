"""What each person reads of one wave: their own question in their own words, though few are rendered."""

from datetime import timedelta

import pytest

from bot.answers.question import AskedQuestion, question, reminder
from bot.answers.views import invitation
from bot.answers.views.invitation import InvitationFacts
from bot.kit.rules.working_hours import USUAL
from bot.message import Json, Message
from bot.wording import words_for
from storage.question import Question
from storage.tables import Invitation, Wave
from storage.words import Kind
from tests.builders import MANAGER, MONDAY, WORKSPACE, a_person, a_survey

CLOSES_AT = MONDAY + timedelta(days=7)


def asked(invitation_id: int, subject: str = "Acme") -> AskedQuestion:
    wave = Wave(
        id=1,
        workspace_id=WORKSPACE,
        survey_id=1,
        number=1,
        opened_by=MANAGER,
        opens_at=MONDAY,
        closes_at=CLOSES_AT,
    )
    mine = Invitation(id=invitation_id, workspace_id=WORKSPACE, wave_id=1, user_id="U1", send_after=MONDAY)
    return AskedQuestion(mine, wave, a_survey(id=1, subject=subject))


def values(message: Message) -> list[str]:
    """Return what the buttons and the options of the menu carry."""
    elements: list[Json] = [one for block in message.blocks for one in block.get("elements", [])]
    options = [option for one in elements for option in one.get("options", [])]
    return [one["value"] for one in (*elements, *options) if "value" in one]


@pytest.mark.parametrize("subject", ["Acme", "0", "value 0:9"])
def test_a_question_is_what_its_view_renders(subject: str) -> None:
    facts = InvitationFacts(41, Question(Kind.EMPLOYEES, subject), CLOSES_AT)
    rendered = invitation.render(facts, words_for("en-US"))
    said = question(asked(41, subject), a_person(), MONDAY, USUAL)
    assert (said.text, said.blocks[:-1]) == (rendered.text, rendered.blocks[:-1])  # all but "ask me later"


def test_each_question_and_reminder_carries_its_own_invitation() -> None:
    for one in (7, 41, 100):
        for said in (
            question(asked(one), a_person(), MONDAY, USUAL),
            reminder(asked(one), a_person(), MONDAY, USUAL, number=1),
        ):
            assert len(values(said)) == 14
            assert {value.partition(":")[0] for value in values(said)} == {str(one)}


def test_two_people_read_the_same_instant_by_their_own_clocks() -> None:
    paris, tokyo = (
        question(asked(1), a_person(time_zone=zone), MONDAY, USUAL) for zone in ("Europe/Paris", "Asia/Tokyo")
    )
    assert "in the morning" in paris.text
    assert "in the evening" in tokyo.text


def test_two_people_read_it_in_their_own_languages() -> None:
    english, french = (question(asked(1), a_person(locale=one), MONDAY, USUAL) for one in ("en-US", "fr-FR"))
    assert english.text != french.text
