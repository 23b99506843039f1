"""An import that somebody ends leaves nothing behind, and one may read what another program writes."""

import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.shell.conftest import Shell

pytestmark = pytest.mark.slow

ROWS = "Date,Score,Comment\n" + "2025-01-14,9,good\n" * 40_000


@pytest.fixture
def terminal(sqlite_url: str, tmp_path: Path) -> Shell:
    (tmp_path / "tmp").mkdir()
    return Shell(tmp_path, {"DATABASE_URL": sqlite_url, "TMPDIR": str(tmp_path / "tmp")})


def started(terminal: Shell, *words: str, ignored: str = "") -> subprocess.Popen[str]:
    hears = ["env", "--default-signal=INT", "--default-signal=TERM", "--default-signal=HUP"]
    deaf = [f"--ignore-signal={ignored}"] if ignored else []
    return subprocess.Popen(  # noqa: S603 - the words are ours
        [*hears, *deaf, sys.executable, "-m", "bot", "import", *words, "--survey", "Acme"],
        cwd=terminal.folder,
        env=terminal.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def archive(terminal: Shell) -> str:
    with zipfile.ZipFile(terminal.folder / "answers.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("answers.csv", ROWS)
    return "answers.zip"


def unpacked(terminal: Shell) -> list[Path]:
    return list((terminal.folder / "tmp").iterdir())


def wait_for_reader(process: subprocess.Popen[str]) -> None:
    begun = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not begun.read_text("utf-8").split():
        assert process.poll() is None


@pytest.mark.parametrize("ends", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_what_was_unpacked_is_gone_whoever_ends_an_import(
    terminal: Shell, ends: signal.Signals
) -> None:
    with started(terminal, archive(terminal)) as process:
        wait_for_reader(process)
        assert unpacked(terminal)
        process.send_signal(ends)
        process.communicate()
    assert process.returncode == 130
    assert unpacked(terminal) == []
    assert (await terminal.nps_bot("import", "--list")).out.startswith("Nothing was imported")


async def test_an_import_that_is_to_outlive_its_terminal_does(terminal: Shell) -> None:
    with started(terminal, archive(terminal), ignored="HUP") as process:
        wait_for_reader(process)
        process.send_signal(signal.SIGHUP)
        out, _ = process.communicate()
    assert (process.returncode, "40,000 answers imported" in out) == (0, True)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            "printf 'Date,Score\\n2025-01-14,9\\n' | {} -m bot import /dev/stdin --survey Acme",
            0,
            "1 answer imported into a new survey, “Acme”.",
        ),
        (
            "{} -m bot import - --survey Acme <&-",
            2,
            "The file is empty: there is nothing to import.",
        ),
    ],
)
def test_what_another_program_writes_is_read_once(terminal: Shell, line: str, code: int, said: str) -> None:
    ran = subprocess.run(  # noqa: S603 - the words are ours
        ["/bin/sh", "-c", line.format(sys.executable)],
        cwd=terminal.folder,
        env=terminal.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, (ran.stdout + ran.stderr).splitlines()[-1]) == (code, said)
