"""Ballots are sealed and opened, with libsodium. No key and no ballot ever shows in a log or an error.

A wave has a pair of keys. Its public key seals; its private key opens, and is stored encrypted under NPS_SECRET, which
is not in the database. What joins a conversation to its person, its link, is encrypted under that secret alone.
"""
# ruff: noqa: PLC0415 - a process that seals and opens nothing need not wait for the library

import secrets
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from bot.ballots.rules.limits import COMMENT_LENGTH, SIZE
from storage.ballots.casting import KEY_BYTES
from storage.ballots.opening import Opened
from storage.database.text import UNIT_SEPARATOR

_PURPOSE = b"nps-bot ballots"
_OF_KEYS = b"nps-bot keys"
_OF_LINKS = b"nps-bot threads"
_LONGEST_ID = 64
_LINK = 24 + 16 + _LONGEST_ID
"""Bytes of a link: what libsodium puts before it, and an id of Slack's filled up."""
_HAS_LINK = 0x80
"""Beside the score in the first byte: ballots without it are as they were before there were links."""


class WrongSecret(Exception):  # noqa: N818 - named for what happened
    """NPS_SECRET is missing, or is another than it was when the wave opened."""


class WaveKeys(NamedTuple):
    """A wave's public key, and its private key under lock."""

    public: bytes
    locked: bytes


def new_keys(secret: str | None) -> WaveKeys:
    """Make the keys of one wave. Raises WrongSecret when there is no secret."""
    from nacl.public import PrivateKey
    from nacl.secret import SecretBox

    private = PrivateKey(secrets.token_bytes(PrivateKey.SIZE))
    return WaveKeys(bytes(private.public_key), bytes(SecretBox(_lock(secret)).encrypt(bytes(private))))


def unlock(secret: str | None, locked: bytes) -> bytes:
    """Return the private key. Raises WrongSecret."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return SecretBox(_lock(secret)).decrypt(locked)
    except CryptoError:
        raise WrongSecret from None


def seal(public: bytes, said: Opened) -> bytes:
    """Seal one ballot. Whatever it says, the result is as long as every other."""
    from nacl.bindings import sodium_pad
    from nacl.public import PublicKey, SealedBox

    link = said.link or b""
    begins = bytes([said.score | (_HAS_LINK if link else 0)]) + link
    begins += UNIT_SEPARATOR.join(said.drivers).encode() + b"\0"
    comment = (said.comment or "")[:COMMENT_LENGTH].encode()  # Slack's window takes no more
    # The longest of all that could be typed leaves no room for a link: then the last letters of the comment make it.
    room = SIZE - 1 - len(begins)
    whole = comment[:room].decode(errors="ignore").encode()
    return bytes(SealedBox(PublicKey(public)).encrypt(sodium_pad(begins + whole, SIZE)))


def unseal(private: bytes, sealed: Iterable[bytes]) -> list[Opened]:
    """Open ballots."""
    from nacl.bindings import sodium_unpad
    from nacl.public import PrivateKey, SealedBox

    box = SealedBox(PrivateKey(private))
    return [_read(sodium_unpad(padded, len(padded))) for padded in map(box.decrypt, sealed)]


def keys_when_opened(private: bytes, key: bytes) -> bytes:
    """Return under which two keys, one after the other, a ballot and its conversation stand once they are open.

    Always the same for one sealed ballot, and for who lacks the wave's private key as good as drawn by lot.
    """
    return blake2b(key, digest_size=2 * KEY_BYTES, key=private, person=_OF_KEYS).digest()


def seal_link(secret: str | None, user_id: str) -> bytes:
    """Seal who somebody is, another way each time. Nobody's, "", looks like every other. Raises WrongSecret."""
    from nacl.secret import SecretBox

    return bytes(SecretBox(_lock(secret, _OF_LINKS)).encrypt(user_id.encode().ljust(_LONGEST_ID, b"\0")))


def open_link(secret: str | None, link: bytes) -> str:
    """Return who it is; "" where they have erased themselves. Raises WrongSecret."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return SecretBox(_lock(secret, _OF_LINKS)).decrypt(link).rstrip(b"\0").decode()
    except CryptoError:
        raise WrongSecret from None


def _read(said: bytes) -> Opened:
    score, rest = said[0], said[1:]
    link = rest[:_LINK] if score & _HAS_LINK else None
    drivers, _, comment = rest[len(link or b"") :].decode().partition("\0")
    ticked = tuple(drivers.split(UNIT_SEPARATOR)) if drivers else ()
    return Opened(score & ~_HAS_LINK, comment or None, ticked, link)


def _lock(secret: str | None, purpose: bytes = _PURPOSE) -> bytes:
    if not secret:
        raise WrongSecret
    return blake2b(secret.encode(), digest_size=32, person=purpose).digest()
