"""A public key as people hand it in: one line of OpenSSH's format, read to the last byte before it is trusted."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

SMALLEST_RSA = 3072
"""Bits of the shortest RSA modulus that is taken."""
_LARGEST_RSA = 16384

_CURVES = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
"""Curve to the bytes of an uncompressed point on it."""
_KINDS = frozenset({"ssh-ed25519", "ssh-rsa", *(f"ecdsa-sha2-{curve}" for curve in _CURVES)})
_TAKEN = "ed25519、ecdsa，或不短于 3072 位的 RSA"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that was read whole: its kind, its bytes in Base64, its fingerprint as OpenSSH writes it."""

    kind: str
    encoded: str
    fingerprint: str
    comment: str = ""

    @property
    def line(self) -> str:
        return f"{self.kind} {self.encoded}"


def fingerprint_of(encoded: str) -> str:
    """`SHA256:` and the digest of the key's bytes, as sshd names it; ValueError for what is not Base64."""
    digest = hashlib.sha256(base64.b64decode(encoded, validate=True)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def read_public_key(text: str) -> PublicKey:
    """The key in a line; ValueError with the sentence why it cannot be taken."""
    line = text.strip()
    if "PRIVATE KEY" in line:
        raise ValueError("这是私钥，不能交出；请改交公钥（.pub 文件里的一行），并把这把私钥换掉")
    if "\n" in line or "\r" in line:
        raise ValueError("公钥只能是一行；一次登记一把，多出的行请去掉")
    words = line.split(None, 2)
    kind = words[0] if words else ""
    if "-cert-" in kind:
        raise ValueError("这是证书，不是公钥；请改交 .pub 文件里的一行")
    if kind not in _KINDS:
        raise ValueError(_unknown(kind, words))
    if len(words) < 2:
        raise ValueError("公钥只有类型，没有内容；请把 .pub 文件里的一行完整抄来")
    try:
        blob = base64.b64decode(words[1], validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("公钥的内容抄错了，不是 Base64 编码；请重新从 .pub 文件复制") from None
    if base64.b64encode(blob).decode() != words[1]:
        raise ValueError("公钥的内容不完整；请重新从 .pub 文件复制")
    _check(kind, blob)
    return PublicKey(kind, words[1], fingerprint_of(words[1]), words[2].strip() if len(words) > 2 else "")


def _unknown(kind: str, words: list[str]) -> str:
    if any(word in _KINDS for word in words):
        return "公钥前面带有选项；选项由本系统统一写出，请只留公钥本身"
    if kind == "ssh-dss":
        return f"DSA 密钥已不安全，不再使用；请改用 {_TAKEN}"
    return f"不认识的公钥类型“{kind}”；可用 {_TAKEN}"


def _check(kind: str, blob: bytes) -> None:
    """The bytes are a key of that kind and nothing besides."""
    parts = _parts(blob)
    if not parts:
        raise ValueError("公钥的内容不完整；请重新从 .pub 文件复制")
    if parts[0] != kind.encode():
        raise ValueError("公钥的内容与所写的类型不符；请重新从 .pub 文件复制")
    if kind == "ssh-ed25519":
        whole = len(parts) == 2 and len(parts[1]) == 32
    elif kind == "ssh-rsa":
        whole = len(parts) == 3
        bits = int.from_bytes(parts[2], "big").bit_length() if whole else SMALLEST_RSA
        if bits < SMALLEST_RSA:
            raise ValueError(f"RSA 密钥只有 {bits} 位，不得短于 {SMALLEST_RSA} 位；请重新生成，或改用 ed25519")
        whole = whole and bits <= _LARGEST_RSA and int.from_bytes(parts[1], "big") % 2 == 1
    else:
        curve = kind.rpartition("-")[2]
        whole = len(parts) == 3 and parts[1] == curve.encode() and parts[2][:1] == b"\x04"
        whole = whole and len(parts[2]) == _CURVES[curve]
    if not whole:
        raise ValueError("公钥的内容不完整或有多余；请重新从 .pub 文件复制")


def _parts(blob: bytes) -> list[bytes]:
    """The length-prefixed parts of a key; none where the lengths do not add up."""
    parts, place = [], 0
    while place < len(blob):
        size = int.from_bytes(blob[place : place + 4], "big")
        part = blob[place + 4 : place + 4 + size]
        if len(blob) < place + 4 or len(part) != size:
            return []
        parts.append(part)
        place += 4 + size
    return parts
