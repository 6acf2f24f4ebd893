"""A folder with a scene, and a file system with room for very little."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trust.processes import SCENE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scene.yaml").write_text(SCENE)
    return tmp_path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for very little."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.call(mount) != 0:
        pytest.skip("only the superuser of Linux may mount a small disk")
    yield disk
    subprocess.check_call(["umount", disk])
