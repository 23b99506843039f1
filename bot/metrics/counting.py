"""What this process counts while it works."""

import time
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from bot.errors import Refused

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

# Within Slack's three seconds.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)

_answers = Counter(
    "nps_answers_stored", "Taps that were committed, a changed mind included.", registry=REGISTRY
)
_acknowledgements = Histogram(
    "nps_acknowledgement_seconds",
    "From a request's signature to its acknowledgement.",
    ("listener", "outcome"),
    buckets=_SECONDS,
    registry=REGISTRY,
)
_slack_calls = Counter("nps_slack_calls", "Calls to Slack.", ("method", "outcome"), registry=REGISTRY)
_tellings = Counter(
    "nps_webhook_tellings",
    "Events told to webhooks, by what came of it.",
    ("kind", "outcome"),
    registry=REGISTRY,
)
_runs = Counter("nps_clock_runs", "Runs of the clock's jobs.", ("job", "outcome"), registry=REGISTRY)
_last_success = Gauge(
    "nps_clock_last_success_timestamp_seconds", "When a job last ended well.", ("job",), registry=REGISTRY
)
_database_errors = Counter(
    "nps_database_errors", "What the database refused or could not do.", ("kind",), registry=REGISTRY
)

Given = ParamSpec("Given")
Got = TypeVar("Got")


def answers_stored(count: int) -> None:
    """Count taps after their commit."""
    _answers.inc(count)


Bound = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[BoltResponse]]


def timed(listener: str, run: Bound) -> Bound:
    """Measure how long a listener takes to acknowledge: `taken`, `late`, `refused` with a sentence, or `failed`."""
    # Found once: a tap does no more than add to one of them.
    outcomes = {
        outcome: _acknowledgements.labels(listener, outcome)
        for outcome in ("taken", "late", "refused", "failed")
    }

    # Bolt gives by their names what a listener asks for.
    async def measured(body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        began, outcome = time.perf_counter(), "failed"
        try:
            response = await run(body, context)
        except Refused:
            outcome = "refused"
            raise
        else:
            outcome = "late" if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "taken"
            return response
        finally:
            outcomes[outcome].observe(time.perf_counter() - began)

    return measured


def counted(
    method: str | None = None,
) -> Callable[[Callable[Given, Coroutine[Any, Any, Got]]], Callable[Given, Coroutine[Any, Any, Got]]]:
    """Count calls to Slack by what came of them: `ok`, or the kind of the error, such as `refused`.

    Without a method its name is that of the SDK's function, the first argument: `chat_postMessage` is chat.postMessage.
    """

    def counting(
        call: Callable[Given, Coroutine[Any, Any, Got]],
    ) -> Callable[Given, Coroutine[Any, Any, Got]]:
        @wraps(call)
        async def counted_call(*words: Given.args, **named: Given.kwargs) -> Got:
            outcome, name = "ok", method or words[0].__name__.replace("_", ".")  # type: ignore[attr-defined]
            try:
                return await call(*words, **named)
            except Exception as error:
                outcome = type(error).__name__.removeprefix("Slack").lower()
                raise
            finally:
                _slack_calls.labels(name, outcome).inc()

        return counted_call

    return counting


def event_told(kind: str, outcome: str) -> None:
    """Count an event that a webhook was told: `taken`, `refused`, or `away` where nobody answered."""
    _tellings.labels(kind, outcome).inc()


def job_ran(job: str, *, well: bool) -> None:
    """Count a run of one of the clock's jobs."""
    _runs.labels(job, "ok" if well else "failed").inc()
    if well:
        _last_success.labels(job).set_to_current_time()


@event.listens_for(Engine, "handle_error")
def _database_failed(context: ExceptionContext) -> None:
    _database_errors.labels(type(context.original_exception).__name__).inc()
