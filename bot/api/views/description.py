"""The OpenAPI description of version 1, made from what is really read and written."""

from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.views.payload import Asked, Asking, Refusal, Told

ASK, RESULT = "/api/v1/questions", "/api/v1/surveys/{name}/result"
DESCRIPTION = "/api/v1/openapi.json"
_AT = "#/components/schemas/"


@cache  # as seldom as somebody asks for it, and not at each start
def description(release: str) -> dict[str, Any]:
    """Describe every way in, for OpenAPI 3.1."""
    _, schemas = models_json_schema(
        [(one, "serialization") for one in (Asking, Asked, Told, Refusal)], ref_template=_AT + "{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "nps-bot", "version": "1", "description": f"Served by nps-bot {release}."},
        "paths": {ASK: {"post": _ask()}, RESULT: {"get": _result()}},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _ask() -> dict[str, Any]:
    key = {"name": "Idempotency-Key", "in": "header", "required": True}
    told = "The same key asks nobody again for thirty days."
    return {
        "operationId": "askQuestion",
        "summary": "Ask one person one survey's question, in their working hours.",
        "parameters": [
            key | {"description": told, "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"}}
        ],
        "requestBody": {"required": True, "content": _json(Asking)},
        "responses": {
            "201": {"description": "The question is planned.", "content": _json(Asked)},
            "200": {"description": "It was planned under this key before.", "content": _json(Asked)},
        }
        | _refusals(401, 403, 404, 408, 409, 413, 415, 422, 500, 503),
    }


def _result() -> dict[str, Any]:
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    wave = {"name": "wave", "in": "query", "schema": {"type": "string"}}
    return {
        "operationId": "readResult",
        "summary": "Read a survey's newest wave, or an older one, as everyone may read it.",
        "parameters": [name, wave | {"description": "Its number or label; without it the newest."}],
        "responses": {"200": {"description": "The wave.", "content": _json(Told)}}
        | _refusals(401, 403, 404, 500, 503),
    }


def _refusals(*statuses: int) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": _AT + Refusal.__name__}}}
    return {str(one): {"description": HTTPStatus(one).phrase, "content": content} for one in statuses}


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _AT + model.__name__}}}
