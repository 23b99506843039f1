"""Somebody's workflow comes to “Ask the NPS question”: one person is asked once, or the workflow reads why not."""

import asyncio
import json
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.ids import WorkflowStep
from bot.sandbox.driving import payloads
from bot.sandbox.driving.post import signed
from bot.sandbox.records import Json, StepRun
from bot.shell.doing.manifest import STEP
from storage.audience import Audience
from storage.tables import ApiQuestion, Invitation
from tests.ballots.staff import ask_anonymously, tap
from tests.journeys.hands import STOP, click
from tests.journeys.office import (
    ALICE,
    BRUNO,
    GENERAL,
    GONE,
    MAYA,
    MONDAY,
    OUTSIDER,
    ROBOT,
    Office,
    listeners_finish,
)

NOT_NOW = "This person is not asked now: they were asked lately, or want no questions."
COMPLETE, FAIL = "functions.completeSuccess", "functions.completeError"


async def run(office: Office, person: str, survey: str = "Acme") -> StepRun:
    ran = await office.driver.run_step(WorkflowStep.ASK, STEP, {"person": person, "survey": survey})
    await listeners_finish()
    return ran


async def for_alice(office: Office, name: str = "Acme", **changes: object) -> None:
    """Open a wave that asks Alice alone, so that a workflow may ask others."""
    await office.ask_everyone(name, audience=Audience(people=(ALICE,)), **changes)


async def asked(office: Office) -> list[str]:
    return sorted(row.user_id for row in await office.rows(Invitation) if row.user_id != ALICE)


async def test_one_person_is_asked_once_although_slack_tells_of_it_twice(office_on_each: Office) -> None:
    office = office_on_each
    await for_alice(office)

    ran = await run(office, BRUNO, " acme ")
    again = await office.driver.tell_of_step(ran)
    await listeners_finish()
    await office.tick()
    await office.answer({BRUNO: 3})

    assert (ran.is_running, ran.error) == (False, None)
    assert ran.outputs == {"send_after": int(MONDAY.timestamp())}
    assert again.status == 200
    assert office.asked(BRUNO) == 1
    assert (await office.answers())[BRUNO].score == 3
    assert [row.key for row in await office.rows(ApiQuestion)] == [f"step {ran.id}"]


async def test_two_deliveries_at_once_ask_once(office_on_each: Office) -> None:
    office = office_on_each
    await for_alice(office)
    ran = StepRun("Fx0TWICE", WorkflowStep.ASK, STEP, {"person": BRUNO, "survey": "Acme"}, token="xwfp-twice")
    office.slack.steps[ran.id] = ran

    replies = await asyncio.gather(*(office.driver.tell_of_step(ran) for _ in range(3)))
    await listeners_finish()

    assert {reply.status for reply in replies} == {200}
    assert await asked(office) == [BRUNO]
    assert (ran.is_running, ran.error) == (False, None)


async def test_who_reads_french_is_asked_in_french_and_in_the_morning(office_on_each: Office) -> None:
    office = office_on_each
    await for_alice(office)
    office.clock.now = MONDAY.replace(hour=19)

    ran = await run(office, BRUNO)
    assert ran.outputs == {"send_after": int((MONDAY + timedelta(days=1)).timestamp())}
    await office.tick()
    assert office.asked(BRUNO) == 0
    office.clock.now = MONDAY + timedelta(days=1)
    await office.tick()

    assert office.asked(BRUNO) == 1
    assert "recommand" in office.question(BRUNO).text


@pytest.mark.parametrize(
    ("person", "survey", "error"),
    [
        (BRUNO, "Nothing", "There is no survey of this name: /nps list shows them."),
        (BRUNO, "x" * 201, "Give the step a person, and the whole name of a survey."),
        (BRUNO, " ", "Give the step a person, and the whole name of a survey."),
        ("bruno", "Acme", "Give the step a person, and the whole name of a survey."),
        ("U0NOBODY", "Acme", "Slack knows nobody of this id in the workspace."),
        (GONE, "Acme", "This person's account is deactivated."),
        (ROBOT, "Acme", "This is an app, and no person."),
        (ALICE, "Acme", NOT_NOW),
        (BRUNO, "Later", "No wave of the survey is open: a manager opens one."),
        (BRUNO, "Lobby", "The survey asks in a channel, and nobody by message."),
    ],
)
async def test_a_refusal_ends_the_step_with_a_sentence(
    office_on_each: Office, person: str, survey: str, error: str
) -> None:
    office = office_on_each
    await for_alice(office)
    await office.a_survey("Later")
    await office.a_survey("Lobby", audience=Audience(open_channel=GENERAL))

    with capture_logs() as lines:
        ran = await run(office, person, survey)

    assert (ran.is_running, ran.outputs, ran.error) == (False, None, error)
    assert await asked(office) == []
    assert [line["event"] for line in lines] == ["step.refused"]
    assert person not in str(lines)


async def test_a_paused_survey_asks_nobody(office: Office) -> None:
    await for_alice(office)
    await office.command(MAYA, "pause Acme")
    assert (await run(office, BRUNO)).error == "The survey is paused: a manager resumes it."


async def test_an_anonymous_survey_asks_anonymously(office: Office) -> None:
    await ask_anonymously(office)
    ran = await run(office, BRUNO, "Pulse")
    await office.tick()
    await tap(office, BRUNO)

    assert ran.outputs is not None
    assert await office.answers() == {}


@pytest.mark.parametrize("quarantine_days", [90])
async def test_a_workflow_cannot_tell_the_quarantine_from_who_wants_no_questions(office: Office) -> None:
    await for_alice(office)
    await office.ask_everyone("Beta", audience=Audience(people=(BRUNO,)))
    await click(office, BRUNO, office.question(BRUNO), STOP)
    await office.ask_everyone("Gamma", audience=Audience(people=(OUTSIDER,)))

    assert (await run(office, ALICE, "Beta")).error == NOT_NOW
    assert (await run(office, BRUNO, "Gamma")).error == NOT_NOW


async def test_a_slack_that_does_not_answer_is_told_of_the_end_when_it_sends_the_step_again(
    office: Office,
) -> None:
    await for_alice(office)
    ran = StepRun("Fx0AGAIN", WorkflowStep.ASK, STEP, {"person": BRUNO, "survey": "Acme"}, token="xwfp-again")
    office.slack.steps[ran.id] = ran
    fault = office.slack.faults.server_error(COMPLETE, times=None)

    refused = await office.driver.tell_of_step(ran)
    assert (refused.status, ran.is_running) == (503, True)
    office.slack.faults.lift(fault)
    assert (await office.driver.tell_of_step(ran)).status == 200

    assert (ran.is_running, ran.error) == (False, None)
    assert await asked(office) == [BRUNO]


@pytest.mark.parametrize("code", ["function_execution_not_found", "access_denied", "token_revoked"])
@pytest.mark.parametrize(("person", "method"), [(BRUNO, COMPLETE), (GONE, FAIL)])
async def test_slacks_no_is_logged_without_a_person(
    office: Office, person: str, method: str, code: str
) -> None:
    await for_alice(office)
    office.slack.faults.answer(method, code)

    with capture_logs() as lines:
        ran = await run(office, person)

    assert ran.is_running
    [line] = [line for line in lines if line["event"] == "step.not_ended"]
    assert line == {"event": "step.not_ended", "code": code, "log_level": "warning"}
    assert person not in str(lines)
    assert ran.token not in str(lines)


@pytest.mark.parametrize(
    "changed",
    [
        {"function_execution_id": "Fx\n1"},
        {"function_execution_id": None},
        {"bot_access_token": "a b"},
        {"bot_access_token": 7},
        {"inputs": None},
        {"inputs": ["Acme"]},
    ],
)
async def test_what_is_no_run_of_the_step_asks_nobody(office: Office, changed: Json) -> None:
    await for_alice(office)
    ran = StepRun("Fx0WRONG", WorkflowStep.ASK, STEP, {"person": BRUNO, "survey": "Acme"}, token="xwfp-wrong")

    with capture_logs() as lines:
        reply = await office.driver.event(payloads.function_executed(office.slack, ran) | changed)

    assert reply.status == 200
    assert [(line["event"], line.get("word")) for line in lines] == [("request.refused", "malformed")]
    assert await asked(office) == []


@pytest.mark.parametrize(
    "inputs", [{}, {"person": 7, "survey": "Acme"}, {"person": BRUNO, "survey": ["Acme"]}]
)
async def test_inputs_of_any_kind_end_the_step_with_a_sentence(office: Office, inputs: Json) -> None:
    ran = StepRun("Fx0INPUT", WorkflowStep.ASK, STEP, inputs, token="xwfp-input")
    office.slack.steps[ran.id] = ran

    assert (await office.driver.tell_of_step(ran)).status == 200
    assert ran.error == "Give the step a person, and the whole name of a survey."


async def test_the_workflow_of_another_installation_and_one_that_slack_did_not_sign_ask_nobody(
    office: Office,
) -> None:
    await for_alice(office)
    ran = StepRun(
        "Fx0THEIRS", WorkflowStep.ASK, STEP, {"person": OUTSIDER, "survey": "Acme"}, token="xwfp-theirs"
    )
    office.slack.steps[ran.id] = ran
    told = payloads.event_callback(office.slack, payloads.function_executed(office.slack, ran))
    theirs = json.dumps(told | {"authorizations": [{"team_id": "T0OTHER"}]})
    kind = {"Content-Type": "application/json"}

    ours = await office.driver.raw_post(theirs, kind | signed(office.slack.signing_secret, theirs))
    forged = await office.driver.raw_post(json.dumps(told), kind | signed("another secret", json.dumps(told)))
    await listeners_finish()

    assert (ours.status, forged.status) == (200, 401)
    assert ran.is_running
    assert await asked(office) == []


async def test_a_step_travels_down_the_wire_of_socket_mode(office: Office) -> None:
    await for_alice(office)
    office.slack.request_url = None
    handler = office.app.socket(office.slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await office.slack.until(lambda: bool(office.slack.sockets))
    try:
        ran = await run(office, BRUNO)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]

    assert ran.outputs is not None
    assert await asked(office) == [BRUNO]
