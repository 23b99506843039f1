"""Answer `/api/<method>`: token, scope, faults, the method itself, and the log of it all. Response URLs and uploads likewise."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.failures.faults import Fault, FaultKind
from bot.sandbox.labels import label, meant
from bot.sandbox.records import ApiCall, Json
from bot.sandbox.wire.serving import HANG_UP
from bot.sandbox.wire.traffic import OK
from bot.sandbox.workspace import Sandbox

from . import basics, chat, conversations, files, functions, people, user_groups, views
from .call import Arguments, Method
from .connections import open_connection
from .responses import respond
from .scopes import provided, require

METHODS: dict[str, Method] = {
    **basics.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **functions.METHODS,
    **people.METHODS,
    **user_groups.METHODS,
    **views.METHODS,
}
_APP_METHODS: dict[str, Method] = {"apps.connections.open": Method(open_connection)}


@dataclass(frozen=True)
class _Call:
    method: str
    token: str | None
    given: Arguments
    begun: float


async def answer_api(sandbox: Sandbox, request: Request) -> Response:
    """Answer one Web API request as Slack would, unless a fault was asked for."""
    try:
        call = await _read(request, sandbox.elapsed())
    except WebApiError as error:
        sandbox.traffic.note("slack", request.path_params["method"], outcome=error.code)
        return JSONResponse({"ok": False, "error": error.code})

    def answer() -> tuple[Response, str | None]:
        body = _answer(sandbox, call)
        return JSONResponse(body, headers=_headers(sandbox, call)), body.get("error")

    return await _unless_faulty(sandbox, request, call, answer)


async def answer_upload(sandbox: Sandbox, request: Request) -> Response:
    """Take the bytes of a promised file; faults know this as the method "upload"."""
    ticket, content = request.path_params["ticket"], await request.body()

    def answer() -> tuple[Response, str | None]:
        wrong = sandbox.uploads.take(ticket, content)
        if wrong is not None:
            return PlainTextResponse(wrong, HTTPStatus.BAD_REQUEST), wrong
        return PlainTextResponse(f"OK - {len(content)}"), None

    return await _unless_faulty(
        sandbox, request, _Call("upload", None, Arguments({}), sandbox.elapsed()), answer
    )


async def answer_response_url(sandbox: Sandbox, request: Request) -> Response:
    """Take what the app says by the address of an interaction; faults know this as the method "response_url"."""
    key, said = request.path_params["key"], await request.json()

    def answer() -> tuple[Response, str | None]:
        try:
            respond(sandbox, sandbox.response_urls.use(key), said)
        except WebApiError as error:
            status = (
                HTTPStatus.NOT_FOUND
                if error.code in {Code.EXPIRED_URL, Code.USED_URL}
                else HTTPStatus.BAD_REQUEST
            )
            return JSONResponse({"ok": False, "error": error.code, **error.fields}, status), error.code
        return PlainTextResponse(OK), None

    issued = sandbox.response_urls.issued.get(key)
    given = Arguments(said | ({"user": issued.user} if issued else {}))
    return await _unless_faulty(
        sandbox, request, _Call("response_url", None, given, sandbox.elapsed()), answer
    )


async def _unless_faulty(
    sandbox: Sandbox, request: Request, call: _Call, answer: Callable[[], tuple[Response, str | None]]
) -> Response:
    fault = sandbox.faults.take(call.method, call.given.values, sandbox.direct) or _too_fast(sandbox, call)
    if fault is not None and fault.kind is FaultKind.DELAY:
        await asyncio.sleep(fault.seconds)
    elif fault is not None and fault.kind is FaultKind.HOLD:
        sandbox.changed()
        await fault.let_go.wait()
    elif fault is not None and fault.kind not in {FaultKind.DROP_AFTER, FaultKind.LATE_REPLY}:
        return await _faulty(sandbox, request, call, fault)
    response, error = answer()
    if fault is not None and fault.kind is FaultKind.DROP_AFTER:
        _record(sandbox, call, error, outcome="reply lost")
        return await _hang_up(request)
    if fault is not None and fault.kind is FaultKind.LATE_REPLY:
        _record(sandbox, call, error, detail=f"answered {fault.seconds:g} s late")
        await _wait(request, fault.seconds)
    else:
        _record(sandbox, call, error)
    return response


def _too_fast(sandbox: Sandbox, call: _Call) -> Fault | None:
    """Return the refusal of a call that comes earlier than the limits in force allow."""
    wait = sandbox.limits.refused_for(call.method, meant(sandbox, call.given.values))
    return None if wait is None else Fault(FaultKind.RATE_LIMIT, call.method, seconds=wait)


async def _read(request: Request, now: float) -> _Call:
    """Collect the arguments from the query and the body; raise WebApiError when the body is no object."""
    values: Json = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            sent = json.loads(await request.body() or b"{}")
        except ValueError:
            raise WebApiError(Code.INVALID_JSON) from None
        if not isinstance(sent, dict):
            raise WebApiError(Code.JSON_NOT_OBJECT)
        values |= sent
    else:
        values |= dict(parse_qsl((await request.body()).decode()))
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    in_form = values.pop("token", None)
    token = bearer if scheme.lower() == "bearer" and bearer else in_form
    return _Call(request.path_params["method"], token, Arguments(values), now)


def _answer(sandbox: Sandbox, call: _Call) -> Json:
    try:
        method = _allowed_method(sandbox, call)
        return {"ok": True, **method.answer(sandbox, call.given)}
    except WebApiError as error:
        return {"ok": False, "error": error.code, **error.fields}


def _allowed_method(sandbox: Sandbox, call: _Call) -> Method:
    """Return the method, or raise WebApiError when there is none or the token may not use it."""
    method = METHODS.get(call.method) or _APP_METHODS.get(call.method)
    if method is None:
        raise WebApiError(Code.UNKNOWN_METHOD, req_method=call.method)
    if call.method != "api.test":
        _check_token(sandbox, call)
    if method.scope is not None:
        require(sandbox, method.scope)
    return method


def _check_token(sandbox: Sandbox, call: _Call) -> None:
    if not call.token:
        raise WebApiError(Code.NOT_AUTHED)
    run = next((one for one in sandbox.steps.values() if one.token == call.token), None)
    if run is not None and not run.is_running:
        raise WebApiError(Code.TOKEN_REVOKED)
    for_app = call.method in _APP_METHODS
    known = sandbox.app_token if for_app else sandbox.bot_token
    other = sandbox.bot_token if for_app else sandbox.app_token
    if call.token == other:
        raise WebApiError(Code.NOT_ALLOWED_TOKEN_TYPE)
    if call.token != known and run is None:
        raise WebApiError(Code.INVALID_AUTH)
    if sandbox.revoked:
        raise WebApiError(Code.TOKEN_REVOKED)


async def _faulty(sandbox: Sandbox, request: Request, call: _Call, fault: Fault) -> Response:
    match fault.kind:
        case FaultKind.ERROR:
            _record(sandbox, call, fault.code)
            return JSONResponse({"ok": False, "error": fault.code}, headers=_headers(sandbox, call))
        case FaultKind.RATE_LIMIT:
            _record(sandbox, call, "ratelimited", detail=f"wait {fault.seconds:g} s")
            headers = {**_headers(sandbox, call), "Retry-After": str(int(fault.seconds))}
            return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
        case FaultKind.SERVER_ERROR:
            _record(sandbox, call, "http 500")
            return HTMLResponse("<h1>Server Error</h1>", status_code=500)
        case FaultKind.GATEWAY:
            _record(sandbox, call, f"http {fault.status}")
            return HTMLResponse("<h1>The gateway says no</h1>", status_code=fault.status)
        case FaultKind.HANG:
            _record(sandbox, call, "held for ever")
            await _gone(request)
            return Response()
        case _:
            _record(sandbox, call, "connection dropped")
            return await _hang_up(request)


async def _hang_up(request: Request) -> Response:
    """Close the connection before a single byte of a reply."""
    request.scope["extensions"][HANG_UP]["now"]()
    await _gone(request)
    return Response()


async def _wait(request: Request, seconds: float) -> None:
    """Hold the reply back for so long, or until nobody waits for it any more."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await _gone(request)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _headers(sandbox: Sandbox, call: _Call) -> dict[str, str]:
    method = METHODS.get(call.method)
    accepted = method.scope if method and method.scope else ""
    return {"X-OAuth-Scopes": provided(sandbox), "X-Accepted-OAuth-Scopes": accepted}


def _record(
    sandbox: Sandbox, call: _Call, error: str | None, *, outcome: str | None = None, detail: str = ""
) -> None:
    now = sandbox.elapsed()
    sandbox.requests.append(ApiCall(call.method, now, call.given.values, error))
    sandbox.traffic.note(
        "slack",
        call.method,
        about=label(sandbox, meant(sandbox, call.given.values)),
        outcome=outcome or error or OK,
        detail=detail,
        seconds=now - call.begun,
    )
    sandbox.changed()
