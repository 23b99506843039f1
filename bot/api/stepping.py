"""A workflow asks one person, as a program does. Its step ends with yes, or with a sentence for who reads why not.

The run's own id is the key: however often Slack tells of it, one person is asked once, and the step is ended at least once.
"""

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.api.asking import ask
from bot.api.problems import Problem, WrongRequest
from bot.api.views.payload import Asking
from bot.api.views.step_ending import why_not
from bot.ids import WorkflowStep
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from bot.logs import log
from bot.slack.errors import SlackRefused
from storage.database.text import storable

_KEY = "step {}"
"""No program's key has a space."""


class _Run(BaseModel):
    """One run of the step, as Slack tells of it."""

    model_config = ConfigDict(frozen=True)

    function_execution_id: str = Field(pattern="^[A-Za-z0-9]{1,64}$")
    bot_access_token: str | None = Field(default=None, pattern="^[!-~]{1,500}$", repr=False)
    inputs: dict[str, object]


async def run_step(services: Services, request: Request) -> None:
    """Ask, and tell the workflow. Raises Refused for what is no run, and SlackError where Slack may be told again."""
    try:
        run = _Run.model_validate(request.event)
    except ValidationError:
        raise malformed() from None
    is_new, slack, token = True, services.slack, run.bot_access_token
    try:
        try:
            asked, is_new = await ask(services, _asking(run), _KEY.format(run.function_execution_id))
        except WrongRequest as wrong:
            log.info("step.refused", word=wrong.problem.value)
            await slack.fail_step(run.function_execution_id, why_not(wrong.problem, wrong.because), token)
        else:
            outputs = {WorkflowStep.SEND_AFTER.value: int(asked.send_after.timestamp())}
            await slack.complete_step(run.function_execution_id, outputs, token)
    except SlackRefused as refusal:
        # Told before, the run has ended since.
        (log.warning if is_new else log.info)("step.not_ended", code=refusal.code)


def _asking(run: _Run) -> Asking:
    person, survey = run.inputs.get(WorkflowStep.PERSON), run.inputs.get(WorkflowStep.SURVEY)
    try:
        return Asking.model_validate(
            {"user": person, "survey": storable(survey) if isinstance(survey, str) else survey}
        )
    except ValidationError:
        raise WrongRequest(Problem.UNREADABLE) from None
