"""Custom steps of Workflow Builder: how Slack tells of them, and when it lets an app end one."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Json, StepRun
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of

STEP: Json = {
    "title": "Greet",
    "description": "Greets",
    "input_parameters": {"who": {"type": "slack#/types/user_id", "is_required": True}},
    "output_parameters": {"at": {"type": "slack#/types/timestamp", "is_required": True}},
}


@pytest.fixture
def run(sandbox: Sandbox) -> StepRun:
    made = StepRun("Fx1", "greet", STEP, {"who": "U0ADA"}, token="xwfp-1")
    sandbox.steps[made.id] = made
    return made


@pytest.mark.parametrize("own", [True, False])
async def test_a_step_ends_once(sandbox: Sandbox, web: AsyncWebClient, run: StepRun, *, own: bool) -> None:
    client = AsyncWebClient(run.token, base_url=f"{sandbox.url}/api/") if own else web

    await client.functions_completeSuccess(function_execution_id="Fx1", outputs={"at": 7})

    assert (run.is_running, run.outputs) == (False, {"at": 7})
    again = client.functions_completeError(function_execution_id="Fx1", error="No")
    assert await error_of(again) == ("token_revoked" if own else "execution_not_in_running_state")
    assert run.error is None


async def test_a_step_that_fails_says_why(web: AsyncWebClient, run: StepRun) -> None:
    await web.functions_completeError(function_execution_id="Fx1", error="Nobody is there")
    assert (run.is_running, run.error) == (False, "Nobody is there")


async def test_a_run_that_is_none_cannot_be_ended(web: AsyncWebClient) -> None:
    ended = web.functions_completeSuccess(function_execution_id="Fx9", outputs={"at": 7})
    assert await error_of(ended) == "function_execution_not_found"


@pytest.mark.parametrize("outputs", [{}, {"at": "noon"}, {"at": True}, {"at": 7, "more": "x"}])
async def test_outputs_are_those_of_the_manifest(web: AsyncWebClient, run: StepRun, outputs: Json) -> None:
    ended = web.functions_completeSuccess(function_execution_id="Fx1", outputs=outputs)
    assert await error_of(ended) == "parameter_validation_failed"
    assert run.is_running


async def test_without_what_the_step_needs_slack_does_not_run_it(driver: SlackDriver) -> None:
    with pytest.raises(LookupError, match="missing required: who"):
        await driver.run_step("greet", STEP, {})
