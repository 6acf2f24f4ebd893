"""Files where there is no room, no permission, a folder, a link, another file system."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from animate.cli.app import app
from animate.errors import AnimateError
from animate.writers.staging import Staging
from tests.trust.processes import finish, names, renders


def test_a_full_disk(folder: Path, small_disk: Path) -> None:
    (small_disk / "clip.mp4").write_bytes(b"good")
    (small_disk / "filler").write_bytes(bytes(48_000))
    run = renders(folder, "-o", str(small_disk / "clip.mp4"))
    said = finish(run)
    assert run.returncode == 1
    assert said == f"{small_disk}/clip.mp4: could not be written: No space left on device\n"
    assert (small_disk / "clip.mp4").read_bytes() == b"good"
    assert names(small_disk) == ["clip.mp4", "filler"]
    (small_disk / "filler").unlink()
    assert finish(renders(folder, "-o", str(small_disk / "clip.gif"), times=1)) == ""
    assert names(small_disk) == ["clip.gif", "clip.mp4"]


def test_places_where_nothing_can_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "taken.gif").mkdir()
    said = {
        "taken.gif": "is a folder; name a file in it, such as taken.gif/clip.gif",
        "scene.yaml/a.gif": "its folder cannot be made: File exists; name a file elsewhere",
        "/dev/full": "the name has no ending; the ending is one of ",
        "clip.xyz": "there is no format .xyz; the ending is one of ",
    }
    for name, sentence in said.items():
        result = CliRunner().invoke(app, ["render", "scene.yaml", "-q", "-o", name])
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith(f"{name}: {sentence}"), result.stderr
    assert names(folder) == ["scene.yaml", "taken.gif"]


STAGE = """
import os, sys
from pathlib import Path
from animate.errors import UsageError
from animate.writers.staging import Staging
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for name in sys.argv[1:]:
    try:
        Staging(Path(name))
    except UsageError as error:
        print(error)
"""


def test_places_where_nothing_may_be(tmp_path: Path) -> None:
    """As somebody who is not the superuser, whom no permission binds."""
    folder = Path(tempfile.mkdtemp(prefix="animate-shut-", dir=tempfile.gettempdir()))
    try:
        folder.chmod(0o777)
        (folder / "shut").mkdir(mode=0o555)
        (folder / "readonly.gif").write_bytes(b"good")
        (folder / "readonly.gif").chmod(0o444)
        run = subprocess.run(
            [sys.executable, "-c", STAGE, "shut/a.gif", "shut/new/a.gif", "readonly.gif"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.splitlines() == [
            f"{folder}/shut/a.gif: cannot write here: Permission denied",
            "shut/new/a.gif: its folder cannot be made: Permission denied; name a file elsewhere",
            "readonly.gif: may not be overwritten: permission denied",
        ]
        assert names(folder) == ["readonly.gif", "shut"]
        assert (folder / "readonly.gif").read_bytes() == b"good"
    finally:
        shutil.rmtree(folder)


def test_links_permissions_and_folders_that_were_made(tmp_path: Path) -> None:
    """A link leads on to its file, a second name keeps the old one, what was made is undone."""
    (tmp_path / "real.gif").write_bytes(b"old")
    (tmp_path / "real.gif").chmod(0o600)
    (tmp_path / "link.gif").symlink_to("real.gif")
    (tmp_path / "second.gif").hardlink_to(tmp_path / "real.gif")
    with Staging(tmp_path / "link.gif") as staging:
        staging.path.write_bytes(b"new")
        staging.commit()
    assert (tmp_path / "link.gif").is_symlink()
    assert (tmp_path / "real.gif").read_bytes() == b"new"
    assert (tmp_path / "real.gif").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "second.gif").read_bytes() == b"old"
    with pytest.raises(RuntimeError), Staging(tmp_path / "deep" / "er" / "a.gif"):
        raise RuntimeError
    with Staging(tmp_path / "kept" / "a.gif") as staging:
        staging.path.write_bytes(b"new")
        staging.commit()
    with pytest.raises(AnimateError, match="nothing was made"), Staging(tmp_path / "b.gif") as none:
        none.commit()
    assert names(tmp_path) == ["kept", "link.gif", "real.gif", "second.gif"]


def test_a_place_on_another_file_system(folder: Path, small_disk: Path) -> None:
    (folder / "link.gif").symlink_to(small_disk / "clip.gif")
    assert finish(renders(folder, "-o", "link.gif", times=1)) == ""
    assert names(small_disk) == ["clip.gif"]
    assert (folder / "link.gif").is_symlink()
