"""The page's own API: what it reads, what a person does on it, and the news that something changed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Json, Message, View
from bot.sandbox.screens.page_state import (
    first_person,
    page_state,
    page_traffic,
    visible_file,
    visible_message,
    visible_view,
)
from bot.sandbox.workspace import Sandbox

_FILES = Path(__file__).parents[1] / "page"
Deed: TypeAlias = Callable[[SlackDriver, Json], Awaitable[Json | None]]


def page_routes(sandbox: Sandbox) -> list[BaseRoute]:
    """Return the page's routes; what is none of them is a file of the page."""
    driver = SlackDriver(sandbox)

    async def state(request: Request) -> Response:
        me = request.query_params.get("as") or first_person(sandbox)
        if me not in sandbox.users:
            return _answer(f"Nobody here has the id {me!r}.")
        return JSONResponse(page_state(sandbox, me), headers={"Cache-Control": "no-store"})

    async def file(request: Request) -> Response:
        asked = request.path_params["file"]
        found = visible_file(sandbox, request.query_params.get("as", ""), asked)
        if found is None:
            return PlainTextResponse("That file is not there for you.", 404)
        # Text of others, so never shown as a page of this one.
        disposition = f"attachment; filename*=utf-8''{quote(found.name)}"
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return Response(found.content, media_type="application/octet-stream", headers=headers)

    async def events(_request: Request) -> Response:
        return StreamingResponse(_news(sandbox), media_type="text/event-stream")

    def doing(deed: Deed) -> Callable[[Request], Awaitable[Response]]:
        async def do(request: Request) -> Response:
            try:
                said = await deed(driver, await request.json())
            except KeyError as error:
                return _answer(f"The page left out {error}.")
            except (LookupError, ValueError) as error:
                return _answer(str(error))
            return JSONResponse({"ok": True, **(said or {})})

        return do

    return [
        Route("/page/state", state),
        Route("/page/traffic", _log_of(sandbox)),
        Route("/page/events", events),
        Route("/page/files/{file}", file),
        *(Route(f"/page/{name}", doing(deed), methods=["POST"]) for name, deed in _DEEDS.items()),
        Mount("/", _PageFiles(directory=_FILES, html=True, check_dir=False)),
    ]


class _PageFiles(StaticFiles):
    """Files that a browser asks about each time, so that no page is made of old modules and new ones."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - as Starlette has it
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def _log_of(sandbox: Sandbox) -> Callable[[Request], Awaitable[Response]]:
    async def traffic(request: Request) -> Response:
        after = request.query_params.get("after", "")
        log = page_traffic(sandbox, int(after) if after.isdecimal() else 0)
        return JSONResponse(log, headers={"Cache-Control": "no-store"})

    return traffic


def _answer(error: str) -> Response:
    return JSONResponse({"ok": False, "error": error})


async def _news(sandbox: Sandbox) -> AsyncIterator[str]:
    """Yield a server-sent event with the version, now and after each change."""
    while True:
        told = sandbox.version
        yield f"data: {told}\n\n"
        while sandbox.version == told:
            await sandbox.next_change()


async def _command(driver: SlackDriver, asked: Json) -> None:
    command, _, text = asked["text"].strip().partition(" ")
    if command not in {each.command for each in driver.sandbox.commands}:
        message = f"{command} is not a valid command."
        raise ValueError(message)
    await driver.command(_me(driver, asked), asked["channel"], text.strip(), command)


async def _action(driver: SlackDriver, asked: Json) -> None:
    seen = _seen(driver, asked)
    await driver.act(_me(driver, asked), seen, asked["action"], asked.get("values", {}))


async def _suggest(driver: SlackDriver, asked: Json) -> Json:
    return await driver.suggest(
        _me(driver, asked), _seen(driver, asked), asked["action_id"], asked.get("query", "")
    )


async def _submit(driver: SlackDriver, asked: Json) -> None:
    await driver.submit_values(_me(driver, asked), _modal(driver, asked), asked.get("values", {}))


async def _close(driver: SlackDriver, asked: Json) -> None:
    await driver.close(_me(driver, asked), _modal(driver, asked))


async def _home(driver: SlackDriver, asked: Json) -> None:
    await driver.open_home(_me(driver, asked))


async def _dismiss(driver: SlackDriver, asked: Json) -> None:
    driver.sandbox.dismiss(_me(driver, asked), asked["notice"])


async def _control(driver: SlackDriver, asked: Json) -> Json:
    control = driver.sandbox.controls.get(asked["id"])
    if control is None:
        message = "There is no such control."
        raise ValueError(message)
    done = await control.press()
    return {"done": done.text, "moved_to": done.moved_to.isoformat() if done.moved_to else None}


async def _trouble(driver: SlackDriver, asked: Json) -> None:
    driver.sandbox.troubles.switch(asked["id"], on=bool(asked["on"]))


async def _archive(driver: SlackDriver, asked: Json) -> None:
    if asked["channel"] not in driver.sandbox.channels:
        message = "There is no such channel."
        raise ValueError(message)
    driver.sandbox.archive(asked["channel"], archived=bool(asked["on"]))


def _me(driver: SlackDriver, asked: Json) -> str:
    if asked["as"] not in driver.sandbox.users:
        message = f"Nobody here has the id {asked['as']!r}."
        raise ValueError(message)
    return str(asked["as"])


def _seen(driver: SlackDriver, asked: Json) -> Message | View:
    me, container = _me(driver, asked), asked["container"]
    seen: Message | View | None
    if "view_id" in container:
        seen = visible_view(driver.sandbox, me, container["view_id"])
    else:
        seen = visible_message(driver.sandbox, me, container["channel"], container["ts"])
    if seen is None:
        message = "That is no longer there."
        raise ValueError(message)
    return seen


def _modal(driver: SlackDriver, asked: Json) -> View:
    view = visible_view(driver.sandbox, _me(driver, asked), asked["view_id"])
    if view is None or view.type != "modal":
        message = "That window is no longer open."
        raise ValueError(message)
    return view


_DEEDS: dict[str, Deed] = {
    "command": _command,
    "action": _action,
    "suggest": _suggest,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "dismiss": _dismiss,
    "control": _control,
    "trouble": _trouble,
    "archive": _archive,
}
