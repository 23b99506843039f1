"""Real requests, as the pretend Slack sends them while people use the app: what an attack begins with."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.ids import WorkflowStep
from bot.sandbox.records import Json, User
from bot.shell.demo.filling_in import fill_in
from bot.shell.doing.manifest import STEP
from storage.audience import Audience
from tests.journeys import hands
from tests.journeys.hands import AGAIN, NOW, PAUSE, RESUME, STOP, WATCH, actions, click, put_off
from tests.journeys.office import ALICE, BRUNO, CHEN, FORM, GENERAL, MAYA, Office, listeners_finish

DORA = "U8DORA"
"""She answers honestly all the while, and every answer of hers that was acknowledged must be stored."""
COMMANDS = (
    "",
    "help",
    "list",
    "acme",
    "waves",
    "new",
    "hlep",
    "elsewhere",
    "export acme",
    "export elsewhere",
    "close elsewhere",
    "open elsewhere",
)


@dataclass(frozen=True)
class Recorded:
    """One request: a form that holds JSON (`payload`), a plain form (`form`), or JSON (`json`)."""

    kind: str
    body: Json


class Recorder:
    """Stands before the app and keeps what goes in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.requests: list[Recorded] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def heard() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                self.requests.append(_read(message["body"]))
            return message

        await self._app(scope, heard, send)


def _read(body: bytes) -> Recorded:
    if body.startswith(b"{"):
        return Recorded("json", json.loads(body))
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return (
        Recorded("payload", json.loads(form["payload"]))
        if "payload" in form
        else Recorded("form", dict(form))
    )


async def record(office: Office) -> list[Recorded]:
    """Let bystanders answer, then let Alice and the manager use everything there is, and return their requests."""
    await office.ask_everyone()
    await office.answer({BRUNO: 9, CHEN: 3})
    await office.driver.submit(CHEN, office.modal(CHEN), {"comment": "Slow", "drivers": ["support"]})
    await office.ask_everyone("In a channel", audience=Audience(open_channel=GENERAL))
    office.slack.add_user(User(DORA, "dora", tz="Europe/Paris"))
    await office.ask_everyone("Honest", audience=Audience(people=(DORA,)))
    await listeners_finish()

    recorder = Recorder(office.app.web)
    office.slack.request_url = recorder
    await _answer(office)
    await _put_off(office)
    await _read_and_manage(office)
    await click(office, ALICE, hands.posted(office), "open.score.4")
    await office.driver.run_step(WorkflowStep.ASK, STEP, {"person": ALICE, "survey": "Acme"})
    await listeners_finish()
    office.slack.request_url = office.app.web
    return recorder.requests


async def _answer(office: Office) -> None:
    """Tap, say why, change one's mind, as Alice."""
    await click(office, ALICE, office.question(ALICE), "answer.score.7")
    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Fine", "drivers": ["quality"]})
    await listeners_finish()
    await click(office, ALICE, office.question(ALICE), "answer.change")
    await click(office, ALICE, office.question(ALICE), "answer.score.8")
    await click(office, ALICE, office.question(ALICE), "answer.reason")
    await hands.home_of(office, ALICE)


async def _put_off(office: Office) -> None:
    """Ask for later, for never, and for all again, as the manager, who is asked too."""
    await put_off(office, MAYA, "hour")
    await click(office, MAYA, office.question(MAYA), NOW)
    question = office.question(MAYA)
    await click(office, MAYA, question, STOP)
    stopped = office.slack.found(question.channel, question.ts)
    assert stopped is not None
    await click(office, MAYA, stopped, AGAIN)


async def _read_and_manage(office: Office) -> None:
    """Type every word and fill in the form. What opens or closes a wave would end the attack, so nobody does."""
    for user in (ALICE, MAYA):
        for text in COMMANDS:
            await office.driver.command(user, GENERAL, text)
            await listeners_finish()
    await fill_in(office.driver, office.slack, MAYA, FORM | {"name": "Recorded"})
    await office.save_for_later()
    await listeners_finish()
    for action in (WATCH, PAUSE, RESUME):
        seen = next(one for one in office.slack.direct_messages(MAYA) if action in actions(one))
        await click(office, MAYA, seen, action)
