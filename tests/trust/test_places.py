"""Files where there is no room, no permission, a folder, a link, another file system."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import animate
from animate.cli.app import app
from animate.errors import AnimateError, UsageError
from animate.writers.staging import Staging
from tests.trust.processes import finish, names, renders


def test_a_full_disk(folder: Path, small_disk: Path) -> None:
    (small_disk / "clip.mp4").write_bytes(b"good")
    (small_disk / "filler").write_bytes(bytes(52_000))
    early = renders(folder, "-o", str(small_disk / "clip.mp4"), times=1)
    assert finish(early) == (
        f"{small_disk}/clip.mp4: there is no room for it: 8 kB are free, and it takes 20 kB or "
        "more\n"
    )
    (small_disk / "filler").write_bytes(bytes(40_000))
    run = renders(folder, "-o", str(small_disk / "clip.mp4"))
    said = finish(run)
    assert run.returncode == 1
    assert said == f"{small_disk}/clip.mp4: could not be written: No space left on device\n"
    assert (small_disk / "clip.mp4").read_bytes() == b"good"
    assert names(small_disk) == ["clip.mp4", "filler"]
    (small_disk / "filler").unlink()
    assert finish(renders(folder, "-o", str(small_disk / "clip.gif"), times=1)) == ""
    assert names(small_disk) == ["clip.gif", "clip.mp4"]


@pytest.mark.parametrize("command", ["still -o a.svg", "still -o a.pdf", "trace -o a.csv"])
def test_a_disk_that_is_full_at_the_end(
    folder: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(small_disk)
    shutil.copy(folder / "scene.yaml", small_disk)
    (small_disk / "filler").write_bytes(bytes(52_000))
    name, *rest = command.split()
    result = CliRunner().invoke(app, [name, "scene.yaml", *rest, "--set", "steps=2000"])
    assert result.exit_code == 1
    assert result.stderr == f"{rest[-1]}: could not be written: No space left on device\n"
    assert names(small_disk) == ["filler", "scene.yaml"]
    monkeypatch.undo()


def test_nothing_is_computed_for_a_file_that_cannot_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr("animate.pipeline.solve", lambda *_: pytest.fail("it was solved"))
    (folder / "loop.gif").symlink_to("loop.gif")
    targets = ["clip.xyz", "loop.gif", f"{'x' * 256}.gif", ".", "no.gif/a.gif"]
    (folder / "no.gif").write_bytes(b"")
    for command in ("render", "still"):
        for target in targets:
            result = CliRunner().invoke(app, [command, "scene.yaml", "-o", target])
            assert (result.exit_code, result.stdout) == (2, ""), result.output
            assert result.stderr.startswith(f"{target}: "), result.stderr
    with pytest.raises(UsageError, match="cannot be the name of a file: embedded null byte"):
        animate.render("scene.yaml", "a\0b.gif")


def test_no_file_that_is_read_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    axis = np.linspace(-1, 1, 9)
    np.savez("grid.npz", x=axis, y=axis, z=axis**2 + axis[:, None] ** 2)
    (folder / "grid.yaml").write_text("surface: {grid: grid.npz}\noptimizers: [adam]\nsteps: 9\n")
    (folder / "link.npz").symlink_to("grid.npz")
    (folder / "second.npz").hardlink_to("grid.npz")
    (folder / "scene.gif").symlink_to("grid.yaml")
    before = {name: (folder / name).read_bytes() for name in ("grid.npz", "grid.yaml")}
    for command, target in (
        ("trace", "grid.npz"),
        ("trace", "./x/../grid.npz"),
        ("trace", "link.npz"),
        ("trace", "second.npz"),
        ("render", "scene.gif"),
    ):
        result = CliRunner().invoke(app, [command, "grid.yaml", "-o", target])
        assert (result.exit_code, result.stderr.strip()) == (
            2,
            f"{Path(target)}: the scene reads this file; write another",
        )
    assert before == {name: (folder / name).read_bytes() for name in before}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs in folders")
def test_a_pipe_with_the_name_of_a_hidden_folder_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / ".animate-x.part")
    (folder / ".animate-y.part").symlink_to(folder)
    assert finish(renders(folder, "-o", "clip.gif", times=1)) == ""
    assert names(folder) == [".animate-x.part", ".animate-y.part", "clip.gif", "scene.yaml"]


def test_places_where_nothing_can_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "taken.gif").mkdir()
    said = {
        "taken.gif": "is a folder; name a file in it, such as taken.gif/clip.gif",
        "scene.yaml/a.gif": f"its folder cannot be made: {folder}/scene.yaml is a file; ",
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
