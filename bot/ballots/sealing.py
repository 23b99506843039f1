"""Ballots are sealed and opened, with libsodium. No key and no ballot ever shows in a log or an error.

A wave has a pair of keys. Its public key seals; its private key opens, and is stored encrypted under NPS_SECRET, which
is not in the database.
"""
# ruff: noqa: PLC0415 - a process that seals and opens nothing need not wait for the library

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from bot.ballots.rules.limits import COMMENT_LENGTH, SIZE
from storage.ballots.opening import Opened

_BETWEEN = "\x1f"  # ASCII's own unit separator, which nobody types
_PURPOSE = b"nps-bot ballots"


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

    private = PrivateKey.generate()
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

    begins = bytes([said.score]) + _BETWEEN.join(said.drivers).encode() + b"\0"
    comment = (said.comment or "")[:COMMENT_LENGTH].encode()  # Slack's window takes no more
    return bytes(SealedBox(PublicKey(public)).encrypt(sodium_pad(begins + comment, SIZE)))


def unseal(private: bytes, sealed: Iterable[bytes]) -> list[Opened]:
    """Open ballots."""
    from nacl.bindings import sodium_unpad
    from nacl.public import PrivateKey, SealedBox

    box = SealedBox(PrivateKey(private))
    return [_read(sodium_unpad(padded, len(padded))) for padded in map(box.decrypt, sealed)]


def _read(said: bytes) -> Opened:
    drivers, _, comment = said[1:].decode().partition("\0")
    return Opened(said[0], comment or None, tuple(drivers.split(_BETWEEN)) if drivers else ())


def _lock(secret: str | None) -> bytes:
    if not secret:
        raise WrongSecret
    return blake2b(secret.encode(), digest_size=32, person=_PURPOSE).digest()
