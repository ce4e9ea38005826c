"""The file that says where kernels are."""

from pathlib import Path

import pytest

from notebooks import GatewayAddress, KernelsFile


def test_it_is_read_as_it_was_written_and_only_by_its_owner(tmp_path: Path) -> None:
    file = KernelsFile((GatewayAddress("http://127.0.0.1:1", "secreto"),), Path("/run/fork"), "namespaces")
    file.write(tmp_path / "kernels.json")
    assert KernelsFile.read(tmp_path / "kernels.json") == file
    assert (tmp_path / "kernels.json").stat().st_mode & 0o077 == 0
    assert "secreto" not in repr(file)


def test_it_is_not_there_before_the_kernels_are(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        KernelsFile.read(tmp_path / "kernels.json")
