"""From a save to the picture in a browser: `python -m benchmarks.watch > benchmarks/watch.md`.

`animate watch` shows a folder with the first scene of the README in two pages of a headless
Chromium, one of which is killed half way. The scene is saved again and again; a page's clock runs
from the save until it shows the new picture, a draft or all of it, and until it shows all of it.
"""

import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.chromium import Browser, free_port

_SCENE = Path(__file__).parents[1] / "scenes" / "beale.yaml"
_EDITS, _SAVES = 10, 300
_UNTIL = """
while (!(%s)) await new Promise(next => setTimeout(next, 4));
return 0;
"""
_NEW = "(document.body.dataset.shown || '') !== a[0]"
_FULL = f"{_NEW} && document.body.dataset.quality === 'full'"
_SHOWN = "return document.body.dataset.shown || ''"


@dataclass
class Page:
    """A browser's page that shows `scene`."""

    browser: Browser
    scene: Path

    def shown_after(self, text: str) -> tuple[float, float]:
        """Seconds from a save until there is a new picture, and until there is all of it."""
        before = self.browser.run(_SHOWN)
        new = self.scene.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        begun = time.perf_counter()
        new.rename(self.scene)
        times: list[float] = []
        for wanted in (_NEW, _FULL):
            self.browser.run(_UNTIL % wanted, before)
            times.append(time.perf_counter() - begun)
        return times[0], times[1]


def numbers(text: str) -> Iterator[str]:
    """The scene with another learning rate, again and again."""
    number = 0
    while True:
        number += 1
        yield re.sub("(?<=learning_rate: )0.01", f"{0.01 + number / 1e5:.5f}", text)


def structures(text: str) -> Iterator[str]:
    """The scene with another set of optimizers, none of them seen before."""
    methods = ["adam", "adamax", "nadam", "amsgrad", "lion", "rprop", "adamw", "sam", "newton"]
    number = 0
    while True:
        first, second = methods[number % len(methods)], methods[(number * 2 + 3) % len(methods)]
        number += 1
        yield f"{text.rstrip()}\n  - {first}\n  - {second}\n"


@contextmanager
def watching(folder: Path) -> Iterator[tuple[int, str]]:
    """`animate watch` of a folder: its process, and the address of its page."""
    command = [sys.executable, "-m", "animate", "watch", str(folder), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        yield program.pid, program.stdout.readline().strip()
        program.kill()


def processes(parent: int) -> list[int]:
    """A process and all that it has begun, on Linux."""
    found = [parent]
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = each.read_text()
        except OSError:
            continue
        if int(text.rpartition(")")[2].split()[1]) in found:
            found.append(int(each.parent.name))
    return found


def megabytes(parent: int) -> float:
    """The memory that a process and all that it has begun keep to themselves."""
    kept = 0
    for each in processes(parent):
        text = Path(f"/proc/{each}/smaps_rollup").read_text()
        kept += sum(int(size) for size in re.findall(r"(?m)^Private_\w+: +(\d+) kB", text))
    return kept / 1024


def row(name: str, times: Sequence[tuple[float, float]]) -> str:
    first, full = zip(*times, strict=True)
    return (
        f"| {name} | {len(times)} | {statistics.median(first):.2f} | {max(first):.2f} | "
        f"{statistics.median(full):.2f} | {max(full):.2f} |"
    )


def alive(process: int) -> bool:
    """Whether it runs, and has not just been left without anybody who asks how it ended."""
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def ended(parent: int) -> str:
    """How long SIGINT takes to end it, and how much is left of it."""
    every = processes(parent)
    begun = time.perf_counter()
    os.kill(parent, signal.SIGINT)
    while alive(parent):
        time.sleep(0.01)
    seconds = time.perf_counter() - begun
    time.sleep(0.5)
    left = [each for each in every if alive(each)]
    return f"SIGINT ended it in {seconds:.2f} s; of its processes {len(left)} were left."


def main() -> None:
    print("# From a save to the picture in a browser\n")
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} before.\n")
    driver = shutil.which("chromedriver")
    assert driver is not None, "install Chromium and its driver"
    text = _SCENE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        scene = Path(name, "scene.yaml")
        scene.write_text(text, encoding="utf-8")
        with watching(scene.parent) as (program, address):
            first, second = (Browser(driver, free_port()) for _ in range(2))
            for each in (first, second):
                each.open(f"{address}?scene=scene.yaml")
                each.run(_UNTIL % _FULL, "")
            report(Page(first, scene), second, program, text)
            first.quit()


def report(page: Page, other: Browser, program: int, text: str) -> None:
    print("| a save with | times | picture, s | at most | all of it, s | at most |")
    print("|---|---|---|---|---|---|")
    number, structure = numbers(text), structures(text)
    print(row("another number", [page.shown_after(next(number)) for _ in range(_EDITS)]))
    print(row("other optimizers", [page.shown_after(next(structure)) for _ in range(_EDITS)]))
    page.shown_after(next(number))
    long = re.sub("(?m)^surface:", "timing: {seconds: 60}\nsurface:", text)
    minutes = numbers(long)
    print(row("a clip of 60 s", [page.shown_after(next(minutes)) for _ in range(3)]))
    page.shown_after(text)
    before = megabytes(program)
    for k in range(_SAVES):
        if k == _SAVES // 2:
            other.quit()
        page.shown_after(next(number))
    after = megabytes(program)
    print(f"\nMemory: {before:.0f} MB, and {after:.0f} MB after {_SAVES} saves more.\n")
    print(ended(program))


if __name__ == "__main__":
    main()
