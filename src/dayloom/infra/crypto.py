"""Secrets at rest: sealed with a key that lies outside of the database, and bound to their row."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dayloom.infra.errors import Unavailable
from dayloom.infra.file_lock import exclusive

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_FILE = "secret.key"


class Vault:
    """Seals with AES-256-GCM (NIST SP 800-38D), each time under a new random nonce."""

    def __init__(self, secret: bytes) -> None:
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"dayloom secrets")
        self._cipher = AESGCM(derived.derive(secret))

    def seal(self, secret: str, *, bound_to: str) -> bytes:
        """Return what only `unseal` with the same key and the same `bound_to` can read."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret.encode(), bound_to.encode())

    def unseal(self, sealed: bytes, *, bound_to: str) -> str:
        """Return the secret. Raises `Unavailable` under another key or for another row."""
        nonce, hidden = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, hidden, bound_to.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise Unavailable(
                "A stored secret cannot be read: it was sealed with another DAYLOOM_SECRET_KEY. "
                "Enter it again."
            ) from error


def open_vault(folder: Path, given: str | None) -> Vault:
    """Return the vault of the `given` key, or of the one in `folder`, made at the first time.

    Raises `Unavailable` where the file there cannot be read or holds no key.
    """
    return Vault(given.encode() if given else _kept_key(folder / KEY_FILE))


def _kept_key(file: Path) -> bytes:
    try:
        if not file.exists():
            _make_key(file)
        return _decoded(file.read_bytes())
    except OSError as error:
        raise Unavailable(f"The key in {file} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise Unavailable(
            f"A stored secret cannot be read: the key in {file} is damaged. "
            "Delete that file; a new one is made. Enter it again."
        ) from error


def _decoded(written: bytes) -> bytes:
    """Return the key of a file. Raises `ValueError` for anything but a whole one."""
    key = base64.b64decode(written.strip(), validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("not as long as a key")
    return key


def _make_key(file: Path) -> None:
    """Write a new key that only this user may read; of two processes, the first one's stays."""
    with exclusive(file.with_name(f".{file.name}.lock")):
        if file.exists():
            return
        unnamed = file.with_name(f".{file.name}.new")
        unnamed.unlink(missing_ok=True)
        opened = os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as writing:
            writing.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)))
            writing.flush()
            os.fsync(writing.fileno())
        unnamed.rename(file)
