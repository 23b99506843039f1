"""Requests made hostile: wrong in one place or in several, in their bytes, or in how they are signed."""

import copy
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.driving.post import signed
from tests.attacks.recording import Recorded
from tests.attacks.standing import THEIR_ID

TYPES = {
    "form": "application/x-www-form-urlencoded",
    "payload": "application/x-www-form-urlencoded",
    "json": "application/json",
}
GONE = object()
VALUES: tuple[object, ...] = (
    *(
        GONE,
        None,
        True,
        0,
        -1,
        11,
        2**31,
        2**63,
        10**30,
        1.5,
        1e308,
        "",
        "ten",
        "x",
        "0",
        "11",
        "-1",
        "9" * 40,
    ),
    *(
        "1:11",
        "1:-1",
        "1:ten",
        "1:",
        ":5",
        "1:5:7",
        "9999999999:5",
        "999:5",
        "0:0",
        "1:\uff15",
        "1: 5",
        "2:10",
    ),
    *(
        "1:hour",
        "1:never",
        "answer.score.11",
        "open.score.-1",
        "survey.preview",
        "wave.close",
        "view_submission",
    ),
    *(
        "block_actions",
        "event_callback",
        "url_verification",
        "app_home_opened",
        "T0OTHER",
        "E0GRID",
        "C0NOBODY",
    ),
    *(
        "D0NOBODY",
        "\0",
        "a\0b",
        "\ud800",
        "\u202e",
        "🎭" * 50,
        "é" * 3001,
        "<!channel>",
        "=1+1",
        "'; DROP TABLE answers",
    ),
    *("1 C1GENERAL 1.5", "999 C1GENERAL 1.5", "1 D1 x y z", "..", "%00", "{}", "[]", "x" * 20_000),
    *(
        [],
        {},
        [None],
        [[]],
        {"id": None},
        {"id": {}},
        {"value": []},
        [{"value": "support"}] * 200,
        ["U2ALICE"] * 300,
    ),
)
STRANGERS = ("U7OUTSIDE", "U5GONE", "U6ROBOT", "U0UNKNOWN", "", "\0", "u2alice", "W1", "x" * 300)
"""The people an attacker may be, whom nobody has asked anything."""
ACTORS = ("U2ALICE", *STRANGERS)
WHO = {"user", "user_id"}
DEEP = 2_000
GUESSED = 0.3
"""Of the requests that Slack signs, those with nothing wrong but the ids that we wrote into buttons and modals."""
NUMBERS = count()


class Attempt(Enum):
    """What somebody tries: with Slack's signature, since Slack signs what people make up too, or without."""

    SIGNED = auto()
    FROM_OUTSIDE = auto()


@dataclass(frozen=True)
class Attack:
    """One request as it goes out. `actors` are those that Slack says did it: what is theirs may change."""

    body: str
    headers: dict[str, str]
    actors: frozenset[str] = frozenset()
    attempt: Attempt = Attempt.SIGNED


class Attacker:
    """Makes one attack after the other out of what was recorded, always the same ones with the same seed."""

    def __init__(self, recorded: Sequence[Recorded], secret: str, seed: int) -> None:
        self._recorded = recorded
        self._secret = secret
        self._dice = random.Random(seed)  # noqa: S311 - chance is all we want
        self._accepted: list[Attack] = []

    def next(self, stranger: str | None = None) -> Attack:
        """Make an attack, in which all that people did was done by this stranger, if one is given.

        More than half come from outside, without Slack's secret: those are what a server in the open hears most.
        """
        recorded, kind = self._dice.choice(self._recorded), self._dice.random()
        if kind < 0.05:
            return self._broken(recorded)
        if kind < 0.1 and self._accepted:
            again = self._dice.choice(self._accepted)
            return Attack(again.body, again.headers, attempt=Attempt.FROM_OUTSIDE)
        if kind < 0.6:
            return self._forged(
                self._signed(_encoded(recorded.kind, _numbered(recorded.body)), recorded.kind)
            )
        body = self._mutated(recorded.body if stranger is None else _done_by(stranger, recorded.body))
        return self._signed(_encoded(recorded.kind, body), recorded.kind, body)

    def was_accepted(self, attack: Attack) -> None:
        """Remember a request that was taken, for a replay soon after."""
        self._accepted = [*self._accepted[-20:], attack]

    def _mutated(self, body: dict[str, Any]) -> dict[str, Any]:
        changed = _numbered(copy.deepcopy(body))
        if self._dice.random() < GUESSED:
            self._guess_ids(changed)
            return changed
        for _ in range(self._dice.choice((1, 1, 1, 2, 3))):
            self._change_one_place(changed)
        return changed

    def _guess_ids(self, body: dict[str, Any]) -> None:
        """Put another row's id where ours stands: somebody else's of this workspace, or another workspace's."""
        guess = self._dice.choice((THEIR_ID, self._dice.randrange(20)))
        actions, view = body.get("actions", []), body.get("view", {})
        chosen = [one["selected_option"] for one in actions if "selected_option" in one]
        for inside, name in (*((one, "value") for one in (*actions, *chosen)), (view, "private_metadata")):
            if name in inside:
                inside[name] = re.sub(r"^\d+", str(guess), inside[name])

    def _change_one_place(self, body: dict[str, Any]) -> None:
        path = self._dice.choice(list(_places(body)))
        inside: Any = body
        for key in path[:-1]:
            inside = inside[key]
        value = (
            self._dice.choice(ACTORS)
            if WHO & set(map(str, path)) and self._dice.random() < 0.7
            else self._value()
        )
        if value is GONE:
            del inside[path[-1]]
        else:
            inside[path[-1]] = value

    def _value(self) -> object:
        kind = self._dice.random()
        if kind < 0.1:  # what stands at some place of another request
            donor: Any = self._dice.choice(self._recorded).body
            for key in self._dice.choice(list(_places(donor))):
                donor = donor[key]
            return copy.deepcopy(donor)
        if kind < 0.12:
            deep: object = "deep"
            for _ in range(self._dice.choice((20, 200))):
                deep = [deep] if self._dice.random() < 0.5 else {"a": deep}
            return deep
        value = self._dice.choice(VALUES)
        return value if value is GONE else copy.deepcopy(value)

    def _signed(self, body: str, kind: str, payload: object = None) -> Attack:
        headers = {"Content-Type": TYPES[kind]} | signed(self._secret, body)
        return Attack(body, headers, _actors(payload))

    def _forged(self, attack: Attack) -> Attack:
        """Let the signature be wrong, missing, stale, or of another body."""
        body, headers = attack.body, dict(attack.headers)
        match self._dice.randrange(6):
            case 0:
                del headers["X-Slack-Signature"]
            case 1:
                headers |= signed("another", body)
            case 2:
                headers |= signed(
                    self._secret, body, time.time() + self._dice.choice((-3600, -360, 360, 1e9))
                )
            case 3:
                headers["X-Slack-Request-Timestamp"] = self._dice.choice(("", "soon", "9" * 400, "-1", "1e9"))
            case 4:
                headers["X-Slack-Signature"] = self._dice.choice(
                    ("v0=", "v0=" + "0" * 64, "v1=x", "é", "0" * 5000)
                )
            case _:
                body = body.replace("e", "f", 1) + "f"
        return Attack(body, headers, attempt=Attempt.FROM_OUTSIDE)

    def _broken(self, recorded: Recorded) -> Attack:
        """Break the bytes: half a body, nothing but brackets, no UTF-8; signed all the same."""
        whole = _encoded(recorded.kind, _numbered(recorded.body))
        body = self._dice.choice(
            (
                whole[: self._dice.randrange(len(whole))],
                whole + whole,
                "payload=" + "[" * DEEP + f"&n={next(NUMBERS)}",
                "[" * DEEP + " " * next(NUMBERS),
                '{"a":' * DEEP + " " * (next(NUMBERS) % 1_000),
                f"payload=%FF%FE{next(NUMBERS)}",
                f"payload=null&n={next(NUMBERS)}",
                f"payload={{}}&n={next(NUMBERS)}",
                f"payload=%7B%22type%22%3A{next(NUMBERS)}%7D",
                f"\x00{next(NUMBERS)}",
                f"ssl_check=1&n={next(NUMBERS)}",
            )
        )
        kind = self._dice.choice(tuple(TYPES))
        return self._signed(body, kind)


def _encoded(kind: str, body: dict[str, Any]) -> str:
    if kind == "json":
        return json.dumps(body)
    if kind == "payload":
        return urlencode({"payload": json.dumps(body)})
    flat = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    return urlencode({name: value.encode("utf-8", "replace") for name, value in flat.items()})


def _places(thing: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for key, value in inside:
        yield (*path, key)
        if len(path) < 12:  # what was made deep is deep enough
            yield from _places(value, (*path, key))


def _numbered(body: dict[str, Any]) -> dict[str, Any]:
    """No two requests are the same: the second would be a replay."""
    return body | {"number": next(NUMBERS)}


def _done_by(stranger: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody did as if this stranger had done it, with the same buttons."""
    changed = copy.deepcopy(body)
    for inside, name in ((changed, "user_id"), (changed.get("user"), "id"), (changed.get("event"), "user")):
        if inside and name in inside:
            inside[name] = stranger
    return changed


def _actors(payload: object) -> frozenset[str]:
    """Return everybody whose id stands where Slack says who did it."""
    if not isinstance(payload, dict):
        return frozenset()
    places = ((payload, "user_id"), (payload.get("user"), "id"), (payload.get("event"), "user"))
    found = (inside.get(name) for inside, name in places if isinstance(inside, dict))
    return frozenset(one for one in found if isinstance(one, str))
