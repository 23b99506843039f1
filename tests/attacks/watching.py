"""Somebody watches an anonymous wave from outside, tap by tap: what each way out tells before and after each tap.

Half of the people are the watcher's accomplices, and say what they chose. The watcher learns from them what a promoter
looks like, and guesses the other half. The naive design is a named survey of customers that also logs, measures and tells
in its health what came in.
"""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from prometheus_client import Counter as Measured
from structlog.testing import capture_logs

from bot.api import tokens
from bot.logs import log
from bot.metrics.counting import REGISTRY
from bot.sandbox.screens.plain_text import as_text
from scoring.scale import Category, category_of
from storage.audience import Audience
from storage.words import Kind, TokenScope
from tests.ballots.staff import STAFF, ask_anonymously, cast, hire
from tests.journeys.hands import click
from tests.journeys.office import Office
from tests.test_metrics import page, watched

SCORES = (10, 9, 9, 8, 8, 7, 7, 6, 5, 3, 0)
WAYS = ("api", "metrics", "health", "log", "messages")
_IDS = {"invitation", "wave", "survey", "workspace", "timestamp"}


@dataclass
class Seen:
    """What showed of each tap, by the way it went out, in the order of the taps."""

    chosen: list[int] = field(default_factory=list)
    showed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def right(seen: Seen, way: str) -> int:
    """Return how many of the second half the watcher gets right, having learned from the first."""
    learned: defaultdict[str, Counter[Category]] = defaultdict(Counter)
    said, half = [category_of(one) for one in seen.chosen], len(seen.chosen) // 2
    for what, category in zip(seen.showed[way][:half], said, strict=False):
        learned[what][category] += 1
    usual = Counter(said[:half]).most_common(1)[0][0]
    return sum(
        (learned[what].most_common(1)[0][0] if what in learned else usual) is category
        for what, category in zip(seen.showed[way][half:], said[half:], strict=True)
    )


def by_guessing(seen: Seen) -> float:
    """Return the most that guessing gets right, with two standard deviations: everybody chose what most did."""
    guessed = seen.chosen[len(seen.chosen) // 2 :]
    share = max(Counter(map(category_of, guessed)).values()) / len(guessed)
    return len(guessed) * share + 2 * float((len(guessed) * share * (1 - share)) ** 0.5)


async def watch(office: Office, many: int, seed: int, *, is_naive: bool) -> Seen:
    """Let so many people answer, one after the other, and look at everything after each."""
    dice, seen = random.Random(seed), Seen()  # noqa: S311 - a test is to end alike each time
    async with watched(office) as (app, http), _naive_measure(is_naive) as measure:
        _, token = await tokens.make(app.services, "Watcher", [TokenScope.READ])
        if is_naive:
            staff = hire(office, many)
            await office.ask_everyone("Pulse", audience=Audience(channels=(STAFF,)))
        else:
            staff = await ask_anonymously(office, many, kind=Kind.EMPLOYEES)
        dice.shuffle(staff)
        before = await _look(http, token)
        before["health"] += "[0, 0, 0]" if is_naive else ""
        for user in staff:
            score = dice.choice(SCORES)
            with capture_logs() as lines:
                if is_naive:
                    await click(office, user, office.question(user), f"answer.score.{score}")
                    measure(score)
                else:
                    await cast(office, user, score, "Listen more" if dice.random() < 0.5 else "")
            seen.chosen.append(score)
            now = await _look(http, token)
            if is_naive:
                said = [category_of(one) for one in seen.chosen]
                now["health"] += str([said.count(one) for one in Category])
            for way in ("api", "metrics", "health"):
                seen.showed[way].append(moved(before[way], now[way]))
            seen.showed["log"].append(_told(lines))
            seen.showed["messages"].append(as_text(office.question(user), {}))
            before = now
    return seen


def moved(before: str, now: str) -> str:
    """Say which numbers of a text went up or down; participation does in any case."""
    was, are = (re.findall(r"[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", one) for one in (before, now))
    if len(was) != len(are):
        return "another shape"
    pairs = [(float(a.replace("−", "-")), float(b.replace("−", "-"))) for a, b in zip(was, are, strict=True)]
    return "".join("=" if a == b else "+" if a < b else "-" for a, b in pairs)


async def _look(http: aiohttp.ClientSession, token: str) -> dict[str, str]:
    async with http.get(
        "/api/v1/surveys/Pulse/result", headers={"Authorization": f"Bearer {token}"}
    ) as reply:
        api = json.dumps(await reply.json(), sort_keys=True)
    async with http.get("/healthz") as reply:
        health = await reply.text()
    # How long things took is left out: it is noise, and far more of it than a monitor keeps.
    measured = [
        line
        for line in (await page(http)).splitlines()
        if not re.match(r"#|process_|\w+(_sum|_bucket|_created|_seconds)\b", line)
    ]
    return {
        "api": api,
        "health": health,
        "metrics": "\n".join(measured),
    }


def _told(lines: list[Any]) -> str:
    return str(sorted(str({k: v for k, v in one.items() if k not in _IDS}) for one in lines))


@asynccontextmanager
async def _naive_measure(is_naive: bool) -> AsyncIterator[Callable[[int], None]]:  # noqa: FBT001 - it reads well
    """Log and count what came in, as the naive design does; ours has no such thing."""
    if not is_naive:
        yield lambda _: None
        return
    counted = Measured("naive_answers", "By category.", ("category",), registry=REGISTRY)
    for one in Category:
        counted.labels(one.value)

    def measure(score: int) -> None:
        counted.labels(category_of(score).value).inc()
        log.info("naive.stored", category=category_of(score).value)

    yield measure
    REGISTRY.unregister(counted)
