"""Secrets at rest: only the same key, for the same row, reads them."""

import stat
import threading
from pathlib import Path

import pytest

from dayloom.infra.crypto import KEY_FILE, Vault, open_vault
from dayloom.infra.errors import Unavailable

SECRET = "sk-secret-4711"


def test_what_is_sealed_is_read_again() -> None:
    vault = Vault(b"key")
    for secret in (SECRET, "", "ключ 🔑", "x" * 100_000):
        assert vault.unseal(vault.seal(secret, bound_to="a/1"), bound_to="a/1") == secret


def test_nothing_of_it_can_be_seen_and_no_two_are_alike() -> None:
    vault = Vault(b"key")
    first, second = (vault.seal(SECRET, bound_to="a/1") for _ in range(2))
    assert SECRET.encode() not in first
    assert first != second
    assert first[:12] != second[:12]


def test_it_is_bound_to_its_row() -> None:
    vault = Vault(b"key")
    sealed = vault.seal(SECRET, bound_to="a/1")
    with pytest.raises(Unavailable, match="Enter it again"):
        vault.unseal(sealed, bound_to="a/2")


def test_another_key_reads_nothing_and_says_why() -> None:
    sealed = Vault(b"key").seal(SECRET, bound_to="a/1")
    with pytest.raises(Unavailable, match="DAYLOOM_SECRET_KEY"):
        Vault(b"other").unseal(sealed, bound_to="a/1")


@pytest.mark.parametrize("position", [0, 11, 12, -1])
def test_a_changed_byte_is_noticed(position: int) -> None:
    vault = Vault(b"key")
    sealed = bytearray(vault.seal(SECRET, bound_to="a/1"))
    sealed[position] ^= 1
    with pytest.raises(Unavailable):
        vault.unseal(bytes(sealed), bound_to="a/1")


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_a_piece_of_it_is_no_secret(length: int) -> None:
    vault = Vault(b"key")
    with pytest.raises(Unavailable):
        vault.unseal(vault.seal(SECRET, bound_to="a/1")[:length], bound_to="a/1")


def test_the_key_in_the_folder_is_made_once_and_private(tmp_path: Path) -> None:
    sealed = open_vault(tmp_path, None).seal(SECRET, bound_to="a/1")
    assert open_vault(tmp_path, None).unseal(sealed, bound_to="a/1") == SECRET
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_a_given_key_leaves_no_file(tmp_path: Path) -> None:
    sealed = open_vault(tmp_path, "given").seal(SECRET, bound_to="a/1")
    assert list(tmp_path.iterdir()) == []
    assert open_vault(tmp_path, "given").unseal(sealed, bound_to="a/1") == SECRET


def test_all_who_open_it_first_at_once_agree(tmp_path: Path) -> None:
    vaults: list[Vault] = []
    threads = [
        threading.Thread(target=lambda: vaults.append(open_vault(tmp_path, None)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealed = vaults[0].seal(SECRET, bound_to="a/1")
    assert {vault.unseal(sealed, bound_to="a/1") for vault in vaults} == {SECRET}
    assert len(vaults) == 8


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).mkdir()
    with pytest.raises(Unavailable, match="cannot be read"):
        open_vault(tmp_path, None)


@pytest.mark.parametrize(
    "damaged",
    [b"", b"\n", b"abc", b"!!!!", b"b3RoZXI=", b"A" * 42 + b"=", b"A" * 44, b"\xff" * 44],
)
def test_a_damaged_key_seals_nothing_and_is_told(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(damaged)
    with pytest.raises(Unavailable, match=r"damaged.*Enter it again"):
        open_vault(tmp_path, None)
    assert (tmp_path / KEY_FILE).read_bytes() == damaged


def test_a_key_file_that_an_editor_ended_with_a_line_is_whole(tmp_path: Path) -> None:
    sealed = open_vault(tmp_path, None).seal(SECRET, bound_to="a/1")
    file = tmp_path / KEY_FILE
    file.write_bytes(file.read_bytes() + b"\n")
    assert open_vault(tmp_path, None).unseal(sealed, bound_to="a/1") == SECRET


def test_without_the_damaged_file_a_new_key_is_made(tmp_path: Path) -> None:
    file = tmp_path / KEY_FILE
    file.write_bytes(b"")
    with pytest.raises(Unavailable):
        open_vault(tmp_path, None)
    file.unlink()
    sealed = open_vault(tmp_path, None).seal(SECRET, bound_to="a/1")
    assert open_vault(tmp_path, None).unseal(sealed, bound_to="a/1") == SECRET
