"""Commands at once: a Python that has imported everything forks itself for each of them.

Each command is a process of its own, with a folder, settings, files and an exit code, as a terminal would start it. Only
the import of Slack and SQL happens once, not for each command.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import bot.shell

LONGEST = 100_000
"""Bytes that the words, folder and settings of one command may take."""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int | None
    out: str
    err: str


class WarmPython:
    """Runs `python -m bot`; begins to import at the first command."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None

    def run(self, words: tuple[str, ...], folder: Path, settings: Mapping[str, str]) -> Ran:
        """Wait until the command has ended."""
        request = json.dumps({"words": words, "folder": str(folder), "settings": dict(settings)})
        end, told = os.pipe()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, os.fdopen(end) as ended:
            with os.fdopen(told, "w"):
                socket.send_fds(self._started(), [request.encode()], [out.fileno(), err.fileno(), told])
            code = int(ended.read())
            out.seek(0)
            err.seek(0)
            return Ran(code, out.read().decode(), err.read().decode())

    def close(self) -> None:
        if self._process and self._requests:
            self._requests.close()
            self._process.wait()

    def _started(self) -> socket.socket:
        if self._requests is None:
            self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tests.shell.warm"],
                    cwd=Path(__file__).parents[2],
                    env={"PATH": os.environ["PATH"]},
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                )
        return self._requests


def main() -> None:
    """Answer the requests that come in on standard input, until nobody is left to ask."""
    for module in pkgutil.walk_packages(bot.shell.__path__, "bot.shell."):
        importlib.import_module(module.name)
    gc.freeze()  # or each command would copy all of it, when Python looks through it for the last time
    requests = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    while True:
        request, files, _, _ = socket.recv_fds(requests, LONGEST, 3)
        if not request:
            break
        if os.fork() == 0:
            requests.close()
            _become(**json.loads(request), files=files)
            return
        for file in files:
            os.close(file)
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _become(words: list[str], folder: str, settings: dict[str, str], files: list[int]) -> None:
    """Turn this process into the command; leave one behind that tells how it ends."""
    out, err, told = files
    if (command := os.fork()) != 0:
        _, status = os.waitpid(command, 0)
        os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    os.close(told)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    sys.path[0] = folder
    sys.argv[1:] = words
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
