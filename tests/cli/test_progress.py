"""What is said while frames go by."""

import io
import sys

import pytest

from animate.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", ["race", "[bold]", "a [/b] {x} :smile:"])
def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    frames = list(range(30))
    assert list(Progress(name, quiet=False, bar=True)(frames, 30)) == frames  # type: ignore[arg-type]
    said = terminal.getvalue()
    assert "0 of 30 frames" in said
    assert "30 of 30 frames, " in said
    assert name in said


def test_elsewhere_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(Progress("race", quiet=False, bar=True)([], 30)) == []
    assert capsys.readouterr().err == "race: 30 frames\n"
    assert list(Progress("race", quiet=True, bar=True)([], 30)) == []
    assert capsys.readouterr().err == ""
