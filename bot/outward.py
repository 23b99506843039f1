"""The way out to programs elsewhere: to the addresses that an operator gave, and not into the operator's own network.

An address may be public when it is given and private when it is asked (DNS rebinding), so the answer of the name server
itself is looked at. Behind a proxy the proxy decides.
"""

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.slack.http import proxy_for

TIMEOUT = aiohttp.ClientTimeout(total=10, sock_connect=5)

# Public by their own rules, and yet ways to a private IPv4 address: RFC 6052 and RFC 3056.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))


class NotReached(Exception):  # noqa: N818 - it says what came of a try
    """The receiver gave no answer. `code` says why in one word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ReceiverAnswer:
    """What a receiver said: a status, and the seconds after which it wants to be asked again, if it told."""

    status: int
    retry_after: int | None = None


class Outward:
    """Posts to receivers. Use it as an asynchronous context."""

    def __init__(self) -> None:
        self._anywhere = aiohttp.ClientSession(timeout=TIMEOUT)
        self._public = aiohttp.ClientSession(
            timeout=TIMEOUT, connector=aiohttp.TCPConnector(resolver=_PublicOnly())
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._anywhere.close()
        await self._public.close()

    async def post(
        self, url: str, body: bytes, headers: Mapping[str, str], *, may_be_private: bool
    ) -> ReceiverAnswer:
        """Post a body and return what the receiver said, whatever it was; no redirect is followed. Raises NotReached."""
        host = urlsplit(url).hostname or ""
        if not may_be_private and _is_address(host) and not is_public(host):
            raise NotReached("private_address")
        session = self._anywhere if may_be_private else self._public
        try:
            async with session.post(
                url, data=body, headers=headers, allow_redirects=False, proxy=proxy_for(url)
            ) as reply:
                return ReceiverAnswer(reply.status, _seconds(reply.headers.get("retry-after", "")))
        except TimeoutError:
            raise NotReached("timed_out") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            code = "private_address" if _is_private(error) else "not_reached"
            raise NotReached(code) from None


class PrivateAddressError(OSError):
    """A name that leads into a private network."""


class _PublicOnly(AbstractResolver):
    """Resolves names as the system does, and refuses those with private addresses."""

    def __init__(self) -> None:
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._system.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise PrivateAddressError(host)
        return public

    async def close(self) -> None:
        await self._system.close()


def is_public(address: str) -> bool:
    """Say whether an IP address can be reached from everywhere.

    >>> [is_public(one) for one in ("93.184.215.14", "10.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False, False]
    """
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(read, ipaddress.IPv6Address):
        if any(read in network for network in _TRANSLATED):
            return False
        read = read.ipv4_mapped or read
    return read.is_global and not read.is_multicast


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_private(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, PrivateAddressError):
            return True
        error = error.__cause__ or error.__context__ or getattr(error, "os_error", None)
    return False


def _seconds(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else None  # noqa: PLR2004 - a week and more
