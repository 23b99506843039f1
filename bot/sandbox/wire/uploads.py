"""Files on their way: promised by the app, then sent, then shared, each once."""

import secrets
from dataclasses import dataclass, field

from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.records import File


@dataclass
class _Upload:
    name: str
    length: int
    content: bytes | None = None


@dataclass
class Uploads:
    """What was promised and is not shared yet, by file id; `_tickets` are the addresses that take the bytes."""

    _promised: dict[str, _Upload] = field(default_factory=dict)
    _tickets: dict[str, str] = field(default_factory=dict)

    def promise(self, file_id: str, name: str, length: int) -> str:
        """Expect `length` bytes and return the ticket under which they may be sent."""
        ticket = secrets.token_hex(12)
        self._promised[file_id] = _Upload(name, length)
        self._tickets[ticket] = file_id
        return ticket

    def take(self, ticket: str, content: bytes) -> str | None:
        """Take the bytes; return what is wrong with them, None when nothing is."""
        upload = self._promised.get(self._tickets.pop(ticket, ""))
        if upload is None:
            return "no such upload"
        if len(content) != upload.length:
            return f"{len(content)} bytes were sent and {upload.length} promised"
        upload.content = content
        return None

    def finish(self, file_id: str, title: str | None) -> File:
        """Return the file that was sent, or raise WebApiError("file_not_found")."""
        upload = self._promised.get(file_id)
        if upload is None or upload.content is None:
            raise WebApiError(Code.FILE_NOT_FOUND)
        del self._promised[file_id]
        return File(file_id, upload.name, title or upload.name, upload.content)
