"""Seals for secret ballots: what is sealed with a public key opens with its private key alone, and to nobody else."""

import hashlib
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SEAL_BYTES = 32
"""A key of either sort."""
_SALT_BYTES = 16
_NONCE = bytes(12)
"""Every key below encrypts one message only, so the nonce need not vary."""


class BrokenSealError(Exception):
    """What was to be opened was not sealed with this key, for this purpose, or is not whole."""


def new_key() -> bytes:
    """A private key that never existed before."""
    return secrets.token_bytes(SEAL_BYTES)


def public_part(key: bytes) -> bytes:
    """What may be published of a private key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def seal(public: bytes, content: bytes, purpose: bytes) -> bytes:
    """The content, readable only to the holder of the private key; sealed again it looks entirely different.

    Longer than the content by 48 bytes. Raises `BrokenSealError` where the public key is none.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    try:
        shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise BrokenSealError from error
    return mine + _cipher(shared, mine + public, purpose).encrypt(_NONCE, content, purpose)


def unseal(key: bytes, sealed: bytes, purpose: bytes) -> bytes:
    """The content again. Raises `BrokenSealError` for anything that `seal` did not make with these."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    theirs = sealed[:SEAL_BYTES]
    try:
        shared = X25519PrivateKey.from_private_bytes(key).exchange(X25519PublicKey.from_public_bytes(theirs))
        return _cipher(shared, theirs + public_part(key), purpose).decrypt(_NONCE, sealed[SEAL_BYTES:], purpose)
    except (ValueError, InvalidTag) as error:
        raise BrokenSealError from error


def _cipher(shared: bytes, publics: bytes, purpose: bytes) -> "ChaCha20Poly1305":
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(hashlib.sha256(b"ballot" + shared + publics + purpose).digest())


def locked(key: bytes, word: str) -> bytes:
    """A private key as it may lie on a disk: of no use without the word."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt = secrets.token_bytes(_SALT_BYTES)
    return salt + ChaCha20Poly1305(_stretched(word, salt)).encrypt(_NONCE, key, None)


def unlocked(kept: bytes, word: str) -> bytes:
    """The private key again. Raises `BrokenSealError` for another word."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, rest = kept[:_SALT_BYTES], kept[_SALT_BYTES:]
    try:
        return ChaCha20Poly1305(_stretched(word, salt)).decrypt(_NONCE, rest, None)
    except (ValueError, InvalidTag) as error:
        raise BrokenSealError from error


def _stretched(word: str, salt: bytes) -> bytes:
    # About a tenth of a second and 32 MB a guess.
    return hashlib.scrypt(word.encode(), salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=SEAL_BYTES)
