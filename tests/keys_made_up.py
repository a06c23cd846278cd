"""Public keys made up for tests, each from a number."""

import base64
import struct


def public_key(seed: int) -> str:
    """The line of an Ed25519 key."""
    parts = (b"ssh-ed25519", bytes([seed]) * 32)
    return "ssh-ed25519 " + base64.b64encode(b"".join(struct.pack(">I", len(each)) + each for each in parts)).decode()
