"""functions.completeSuccess and functions.completeError: a custom step of a workflow ends."""

from collections.abc import Callable

from bot.sandbox.failures.errors import Code, WebApiError, refused
from bot.sandbox.records import Json, StepRun
from bot.sandbox.workspace import Sandbox

from .call import Arguments, Method

_TYPES: dict[str, Callable[[object], bool]] = {
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "slack#/types/timestamp": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


def faults_of(parameters: Json, given: object) -> list[str]:
    """Return what is wrong with the values that are given for a step's parameters."""
    if not isinstance(given, dict):
        return ["must be an object"]
    missing = [
        f"missing required: {name}"
        for name, one in parameters.items()
        if one.get("is_required") and given.get(name) in (None, "")
    ]
    unknown = [f"not a parameter: {name}" for name in given if name not in parameters]
    typed = [
        f"must be {parameters[name]['type']}: {name}"
        for name, value in given.items()
        if name in parameters and not _fits(parameters[name]["type"], value)
    ]
    return missing + unknown + typed


def _fits(kind: str, value: object) -> bool:
    return _TYPES[kind](value) if kind in _TYPES else isinstance(value, str)


def _complete_success(sandbox: Sandbox, given: Arguments) -> Json:
    run, outputs = _running(sandbox, given), given.structure("outputs")
    if wrong := faults_of(run.function["output_parameters"], outputs):
        raise refused(Code.PARAMETER_VALIDATION_FAILED, wrong)
    run.is_running, run.outputs = False, outputs
    return {}


def _complete_error(sandbox: Sandbox, given: Arguments) -> Json:
    error = given.text("error")
    run = _running(sandbox, given)
    run.is_running, run.error = False, error
    return {}


def _running(sandbox: Sandbox, given: Arguments) -> StepRun:
    run = sandbox.steps.get(given.text("function_execution_id"))
    if run is None:
        raise WebApiError(Code.FUNCTION_EXECUTION_NOT_FOUND)
    if not run.is_running:
        raise WebApiError(Code.EXECUTION_NOT_IN_RUNNING_STATE)
    return run


METHODS = {
    "functions.completeSuccess": Method(_complete_success),
    "functions.completeError": Method(_complete_error),
}
