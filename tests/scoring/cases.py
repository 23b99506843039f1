import json
from pathlib import Path
from typing import Any

from scoring.nps import Tally

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("nps_cases.json").read_text("utf-8"))
ONE_WAVE = [case for case in CASES if "second" not in case]
TWO_WAVES = [case for case in CASES if "second" in case]


def counts_of(case: dict[str, Any]) -> Tally:
    return Tally(case["promoters"], case["passives"], case["detractors"])


def name_of(case: dict[str, Any]) -> str:
    return str(case["name"])
