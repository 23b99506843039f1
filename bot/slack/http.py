"""The one way out to Slack: through the proxy that the environment names, and to Slack's own hosts alone."""

import json
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from pydantic_core import PydanticSerializationError, to_json

# Where no connection comes about within five seconds, nothing was sent: that is known, and no doubt.
TIMEOUT = aiohttp.ClientTimeout(total=10, sock_connect=5)

_SLACKS = ("slack.com", "slack-gov.com")
_AS_WEB = {"wss": "https", "ws": "http"}


def open_session() -> aiohttp.ClientSession:
    """Open what every call goes through, each with `proxy_for` its address.

    The session itself trusts nothing of the environment: aiohttp would read the user's netrc file with it. An entry for
    Slack's host, or the default one, would go out beside each answer and upload, and fail every call with our token.
    """
    return aiohttp.ClientSession(timeout=TIMEOUT, json_serialize_bytes=_as_json)


def proxy_for(url: str) -> str | None:
    """Return the proxy that the environment names for an address; None for none.

    HTTPS_PROXY, HTTP_PROXY and NO_PROXY hold for everything: calls, answers, uploads and the web socket.

    >>> proxy_for("not an address")
    """
    where = urlsplit(url)
    if not where.hostname or proxy_bypass(where.hostname):
        return None
    return getproxies().get(_AS_WEB.get(where.scheme, where.scheme))


def is_slacks(url: str, api_url: str) -> bool:
    """Say whether an address is one of Slack's, or of the host that `api_url` names instead.

    >>> api = "https://slack.com/api/"
    >>> is_slacks("https://hooks.slack.com/actions/T1/2/x", api), is_slacks("https://slack.com.example.org/", api)
    (True, False)
    """
    try:
        asked, ours = _read(url), _read(api_url)
    except ValueError:  # a port that is no number, or half an IPv6 address
        return False
    if asked == ours:
        return True
    scheme, host, port = asked
    named = (host or "").rstrip(".")
    return (
        scheme == "https"
        and port == 443  # noqa: PLR2004 - that of https
        and any(named == one or named.endswith(f".{one}") for one in _SLACKS)
    )


def host_of(url: str) -> str | None:
    """Return the host of an address for the log, None where there is none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def origin(url: str) -> str:
    """Return the scheme and the host of an address, without what follows.

    >>> origin("https://hooks.slack.com/actions/T1/2/x")
    'https://hooks.slack.com'
    """
    where = urlsplit(url)
    return f"{where.scheme}://{where.netloc}"


def _as_json(said: object) -> bytes:
    """Write what Slack is told, in a quarter of the time of Python's own way.

    Half a character, which is no text, becomes a question mark: the rest of a message does not wait for it.
    """
    try:
        return to_json(said)
    except PydanticSerializationError:
        return json.dumps(said, ensure_ascii=False).encode(errors="replace")


def _read(url: str) -> tuple[str, str | None, int | None]:
    read: SplitResult = urlsplit(url)
    return read.scheme, read.hostname, read.port or {"https": 443, "http": 80}.get(read.scheme)
