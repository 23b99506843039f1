"""What README, CONTRIBUTING and docs/ name exists: commands, options, settings, paths, make targets, links."""

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.__main__ import cli
from bot.kit.rules.command import RESERVED, Verb
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCUMENTS = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
Command = TyperCommand | TyperGroup
README_WORDS = 1_200
WORDS_BEFORE_THE_COMMANDS = 150

_FENCE = re.compile(r"^[ ]*```(\w*)\n(.*?)^[ ]*```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_SETTING = re.compile(r"\b(?:NPS_|SLACK_)[A-Z_]+\b|\bDATABASE_URL\b|\bPORT\b|\bHOST\b")
_OPTION = re.compile(r"--[a-z][a-z-]*")
_PATH = re.compile(r"\.?[\w.*-]+(?:/[\w.*-]+)*/?")
_SUFFIXES = (".py", ".md", ".toml", ".txt", ".po", ".mako")
_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
_VARIABLE = re.compile(r"^([A-Z]+) \??:?=", re.MULTILINE)


def codes(text: str) -> list[str]:
    """Return what stands as code: each line of a shell block without its remark, and each span between backticks."""
    lines = [
        line.partition(" #")[0].strip()
        for language, block in _FENCE.findall(text)
        if language == "sh"
        for line in block.splitlines()
    ]
    spans = _SPAN.findall(_FENCE.sub("", text))
    return [line for line in lines if line and not line.startswith("#")] + [
        span.replace("\\|", "|") for span in spans
    ]


def commands() -> dict[str, Command]:
    """Return every command of nps-bot by the words that call it; "" is nps-bot itself."""
    root = get_command(cli)
    assert isinstance(root, TyperGroup)
    found: dict[str, Command] = {"": root}
    for name, command in _below(root):
        found[name] = command
        found |= {f"{name} {word}": below for word, below in _below(command)}
    return found


def _below(command: Command) -> Iterator[tuple[str, Command]]:
    below = command.commands if isinstance(command, TyperGroup) else {}
    yield from ((name, one) for name, one in below.items() if isinstance(one, Command))


COMMANDS = commands()


def options(command: Command) -> set[str]:
    given = {word for param in command.params for word in (*param.opts, *param.secondary_opts)}
    return given | {"--help"}


def wrong_in(text: str, here: Path = README) -> list[str]:
    """Return each thing that the text of a document names, and that is not there."""
    found = [
        f"no setting {name}" for name in _SETTING.findall(text) if name.lower() not in Settings.model_fields
    ]
    found += [wrong for code in codes(text) for wrong in _wrong_code(code)]
    return found + [wrong for target in _LINK.findall(text) for wrong in _wrong_link(target, here)]


def _wrong_code(code: str) -> Iterator[str]:
    words = code.split()
    program = words[0].rpartition("/")[2]
    if program == "nps-bot":
        yield from _wrong_command(words[1:])
    elif program == "make":
        yield from _wrong_target(words[1:])
    elif program == "nps" and words[0] == "/nps":
        if (verb := "".join(words[1:2])) and verb.islower() and verb not in RESERVED:
            yield f"no word {verb} after /nps"
    elif words[0].startswith("/"):
        if f'"{words[0]}"' not in (ROOT / "bot/server/endpoints.py").read_text(encoding="utf-8"):
            yield f"no way in at {words[0]}"
    elif words[0].startswith("--"):
        every = {option for command in COMMANDS.values() for option in options(command)}
        yield from (f"no option {option}" for option in _OPTION.findall(code) if option not in every)
    elif _is_path(code) and not _exists(code.rstrip("/")):
        yield f"no file or folder {code}"


def _is_path(code: str) -> bool:
    return bool(_PATH.fullmatch(code)) and ("/" in code or code.endswith(_SUFFIXES))


def _exists(path: str) -> bool:
    """Look from the root; `listeners.py` or `views/`, without a folder before it, may stand in any room of bot/."""
    return any(ROOT.glob(path)) or ("/" not in path and any(ROOT.glob(f"bot/*/{path}")))


def _wrong_command(words: list[str]) -> Iterator[str]:
    """Take `survey create|list` for two commands, and what is in brackets for what may be left out."""
    given = [word for word in words if re.fullmatch(r"[a-z][a-z|-]*", word)]
    if not given:
        named = [""]
    elif given[0] in {name.partition(" ")[0] for name in COMMANDS if " " in name}:
        group = given[0]
        named = [f"{group} {word}" for word in "".join(given[1:2]).split("|") if word] or [group]
    else:
        named = given[0].split("|")
    for name in named:
        if name not in COMMANDS:
            yield f"no command nps-bot {name}"
            continue
        known = options(COMMANDS[name])
        for option in _OPTION.findall(" ".join(words)):
            if option not in known:
                yield f"no option {option} of nps-bot {name}"


def _wrong_target(words: list[str]) -> Iterator[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for word in words:
        variable, is_set, _ = word.partition("=")
        known = _VARIABLE.findall(makefile) if is_set else _TARGET.findall(makefile)
        if variable not in known:
            yield f"no {word} in the Makefile"


def _wrong_link(target: str, here: Path) -> Iterator[str]:
    if "://" in target:
        return
    path, _, anchor = target.partition("#")
    there = (here.parent / path).resolve() if path else here
    if not there.exists():
        yield f"no file {path} to link to"
    elif anchor and anchor not in anchors(there.read_text(encoding="utf-8")):
        yield f"no heading #{anchor} in {there.name}"


def anchors(text: str) -> set[str]:
    """Return the names by which a page's headings are linked: small letters, a hyphen for each space."""
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in _HEADING.findall(text)}


def everything() -> str:
    return "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)


def rooms() -> list[str]:
    return sorted(room.parent.relative_to(ROOT).as_posix() for room in ROOT.glob("bot/*/__init__.py"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_what_a_document_names_exists(document: Path) -> None:
    assert wrong_in(document.read_text(encoding="utf-8"), document) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`nps-bot dance`", "no command nps-bot dance"),
        ("`.venv/bin/nps-bot survey open|shut`", "no command nps-bot survey shut"),
        ("```sh\nnps-bot demo --twice   # twice\n```", "no option --twice of nps-bot demo"),
        ("`nps-bot export --survey NAME [--to FILE]`", "no option --to of nps-bot export"),
        ("`--no-such`", "no option --no-such"),
        ("`/nps dance`", "no word dance after /nps"),
        ("`/slack/commands`", "no way in at /slack/commands"),
        ("`make tea`", "no tea in the Makefile"),
        ("`make test MILK=`", "no MILK= in the Makefile"),
        ("| `NPS_COLOUR` | |", "no setting NPS_COLOUR"),
        ("`bot/flows/`", "no file or folder bot/flows/"),
        ("`bot/answers/dancing.py`", "no file or folder bot/answers/dancing.py"),
        ("[a page](docs/dancing.md)", "no file docs/dancing.md to link to"),
        ("[a part](docs/operating.md#dancing)", "no heading #dancing in operating.md"),
    ],
)
def test_what_does_not_exist_is_told(text: str, wrong: str) -> None:
    assert wrong_in(text) == [wrong]


def test_the_readme_names_every_room() -> None:
    told = README.read_text(encoding="utf-8")
    assert [room for room in [*rooms(), "storage", "scoring", "tests"] if f"`{room}/`" not in told] == []


def test_the_documents_name_every_command() -> None:
    told = [
        set(re.split(r"[ |]", code.partition("nps-bot ")[2]))
        for code in codes(everything())
        if "nps-bot " in code
    ]
    missing = [
        name
        for name, command in COMMANDS.items()
        if name and not command.hidden and not any(set(name.split()) <= words for words in told)
    ]
    assert missing == []


def test_the_readme_names_every_word_after_nps() -> None:
    told = {code.split()[1] for code in codes(README.read_text(encoding="utf-8")) if code.startswith("/nps ")}
    assert {verb.value for verb in Verb if verb.value} <= told


def test_the_documents_name_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \|([^|]*)\|", everything(), re.MULTILINE))
    defaults = {
        name.upper(): f"`{field.default}`" if isinstance(field.default, str | int) else ""
        for name, field in Settings.model_fields.items()
    }
    assert {name: default.strip() for name, default in rows.items()} == defaults


def test_the_readme_reads_in_five_minutes() -> None:
    text = README.read_text(encoding="utf-8")
    before, _, _ = text.partition("make test ")
    assert len(text.split()) <= README_WORDS
    assert "make demo" in before
    assert len(before.split()) <= WORDS_BEFORE_THE_COMMANDS


def test_every_command_stands_in_the_list_of_operators() -> None:
    said = codes((ROOT / "docs" / "operating.md").read_text(encoding="utf-8"))
    named = {word for code in said if code.startswith("nps-bot ") for word in code.split()[1].split("|")}
    assert {name for name, command in _below(COMMANDS[""]) if not command.hidden} <= named


def test_the_map_of_the_house_goes_down_as_imports_do() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [layers] = [one["layers"] for one in contracts["contracts"] if one.get("containers") == ["bot"]]
    floor = {name: number for number, layer in enumerate(layers) for name in layer.split(" | ")}
    rows = re.findall(r"^\| (`bot/[^|]+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    floors = [[floor[name] for name in re.findall(r"`bot/(\w+)", row)] for row in rows]
    assert all(max(above) <= min(below) for above, below in pairwise(floors))
