"""The HTTP way in for programs: a request is checked, one flow is called, and its answer is written."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.api import asking, telling
from bot.api.problems import Problem, WrongRequest
from bot.api.tokens import admit
from bot.api.views.description import ASK, DESCRIPTION, RESULT, description
from bot.api.views.payload import Asking, Refusal
from bot.errors import Refused
from bot.kit.services import Services
from bot.logs import fault, log, whereabouts
from bot.version import version
from storage.errors import DatabaseAway
from storage.words import TokenScope

LONGEST_BODY = 16_000
BODY_WITHIN = 3.0
"""Seconds from the head of a request to its end: so long do we wait for Slack's too."""
_KEY = re.compile("[!-~]{1,200}")
_A_MINUTE = {"retry-after": "60"}

Endpoint = Callable[[Request], Awaitable[Response]]


def api_routes(services: Services) -> list[Route]:
    """Give the ways in for programs. Without a token nobody comes in but to read the description."""

    async def ask(request: Request) -> Response:
        await admit(services, request.headers.get("authorization", ""), TokenScope.ASK)
        key = request.headers.get("idempotency-key", "")
        if not _KEY.fullmatch(key):
            raise WrongRequest(Problem.UNREADABLE, "Idempotency-Key")
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise WrongRequest(Problem.NO_JSON)
        asked, is_new = await asking.ask(services, _read(await _body(request)), key)
        return _written(asked, HTTPStatus.CREATED if is_new else HTTPStatus.OK)

    async def result(request: Request) -> Response:
        await admit(services, request.headers.get("authorization", ""), TokenScope.READ)
        try:
            async with services.attention.turn():
                name, wave = request.path_params["name"], request.query_params.get("wave", "")
                return _written(await telling.result(services, name, wave), HTTPStatus.OK)
        except Refused:
            raise WrongRequest(Problem.BUSY) from None

    async def describe(_: Request) -> Response:
        return JSONResponse(description(version()))

    return [
        Route(ASK, _told(ask), methods=["POST"]),
        Route(RESULT, _told(result), methods=["GET"]),
        Route(DESCRIPTION, describe, methods=["GET"]),
    ]


def _told(endpoint: Endpoint) -> Endpoint:
    """Tell the program what is wrong."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except WrongRequest as wrong:
            log.info("api.refused", word=wrong.problem.value)
            return _refused(wrong)
        except DatabaseAway:
            log.warning("api.no_database")
            return _refused(WrongRequest(Problem.DATABASE_AWAY))
        except Exception as error:  # noqa: BLE001 - a fault of ours: its text may hold what nobody may read
            log.error("api.failed", kind=fault(error), at=whereabouts(error))
            return _refused(WrongRequest(Problem.OUR_FAULT))

    return answered


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LONGEST_BODY:
                    raise WrongRequest(Problem.TOO_LARGE)
    except (TimeoutError, ClientDisconnect):
        raise WrongRequest(Problem.TOO_SLOW) from None
    return bytes(body)


def _read(body: bytes) -> Asking:
    try:
        return Asking.model_validate_json(body)
    except ValidationError as error:
        fields = sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]})
        raise WrongRequest(Problem.UNREADABLE, ", ".join(fields) or "body") from None


def _written(told: BaseModel, status: HTTPStatus) -> Response:
    return Response(told.model_dump_json(), status, media_type="application/json")


def _refused(wrong: WrongRequest) -> Response:
    told = Refusal(title=wrong.sentence, status=wrong.status, code=wrong.problem, because=wrong.because)
    headers: dict[str, Any] = {}
    if wrong.status is HTTPStatus.UNAUTHORIZED:
        headers = {"www-authenticate": "Bearer"}
    elif wrong.status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers = _A_MINUTE
    return Response(told.model_dump_json(), wrong.status, headers, media_type="application/problem+json")
