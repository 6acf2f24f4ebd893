"""Writers side by side: `python -m benchmarks.files > benchmarks/files.md`.

Each way writes each clip in a process of its own, the pictures already in memory. Seconds are the
best of three. The peak is what the writing adds to the process's memory. The error is that of the
decoded file against the drawn pictures; the last column is what the file lasts.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import av
import numpy as np
from PIL import Image

from benchmarks.clips import FPS, Drawn, clip_a, clip_b, clip_of, inks
from benchmarks.ways import WAYS

_REPEATS = 3
_CLIPS = {"A": (clip_a, False), "B": (clip_b, True)}


def decoded(path: Path) -> list[tuple[float, np.ndarray]]:
    """(end in seconds, picture) of every frame."""
    if path.suffix in (".mp4", ".webm"):
        with av.open(str(path)) as container:
            frames = list(container.decode(video=0))
        ends = [float((f.pts + f.duration) * f.time_base) for f in frames]
        return [(e, f.to_ndarray(format="rgb24")) for e, f in zip(ends, frames, strict=True)]
    shown, end = [], 0.0
    with Image.open(path) as image:
        for k in range(getattr(image, "n_frames", 1)):
            image.seek(k)
            picture = np.asarray(image.convert("RGB"))
            end += image.info.get("duration", 0) / 1000
            shown.append((end, picture))
    return shown


def errors(path: Path, drawn: Drawn) -> dict[str, float]:
    """Mean and worst PSNR in dB at the times at which the pictures should be seen."""
    shown, at, squares = decoded(path), 0, []
    for i, picture in enumerate(drawn.pictures):
        while at + 1 < len(shown) and shown[at][0] <= (i + 0.5) / FPS:
            at += 1
        seen = shown[at][1][: picture.shape[0], : picture.shape[1]].astype(float)
        squares.append(np.mean((seen - picture[..., :3]) ** 2))
    ratios = 10 * np.log10(255**2 / np.maximum(squares, 1e-9))
    return {"mean": float(ratios.mean()), "worst": float(ratios.min()), "lasts": shown[-1][0]}


def measure(name: str, clip: str, store: Path) -> dict[str, float]:
    """One way and one clip, in this process."""
    ending, way = WAYS[name]
    _, moving = _CLIPS[clip]
    pictures = list(np.load(store))
    drawn = clip_of(pictures, moving=moving, inks=() if moving else inks(), source=_SOURCE)
    with tempfile.TemporaryDirectory() as folder:
        path, seconds = Path(folder) / f"clip{ending}", []
        before = _forget_peak()
        for _ in range(_REPEATS):
            start = time.perf_counter()
            way(drawn, path)
            seconds.append(time.perf_counter() - start)
        peak = (_memory("VmHWM") - before) / 1e3
        size = path.stat().st_size / 1e3
        return {"seconds": min(seconds), "kB": size, "peak": peak, **errors(path, drawn)}


def _forget_peak() -> int:
    """Set the peak back to what the process holds now, in kB; Linux only (proc(5))."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(field: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{field}:")[2].split()[0])


def main() -> None:
    """Print the table."""
    print("# Writers side by side\n")
    print((__doc__ or "").partition("\n\n")[2])
    libraries = ("pillow", "imageio", "av", "imagequant", "numpy")
    print(f"{_machine()}; Python {platform.python_version()}, ", end="")
    print(", ".join(f"{name} {version(name)}" for name in libraries) + ".\n")
    with tempfile.TemporaryDirectory() as folder:
        for clip, (draw, _) in _CLIPS.items():
            store = Path(folder) / f"{clip}.npy"
            drawn = draw()
            np.save(store, np.stack(drawn.pictures))
            print(f"## Clip {clip}: {(draw.__doc__ or '').partition(chr(10))[0]} ", end="")
            print(f"{len(drawn.pictures)} frames, {len(drawn.pictures) / FPS:g} s.\n")
            print("| way | seconds | kB | mean dB | worst dB | peak MB | lasts s |")
            print("|---|---|---|---|---|---|---|")
            for name in WAYS:
                print(_row(name, _elsewhere(name, clip, store)), flush=True)
            print()


def _elsewhere(name: str, clip: str, store: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.files", name, clip, str(store)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def _row(name: str, found: dict[str, float]) -> str:
    decibels = ["∞" if found[key] > 99 else f"{found[key]:.1f}" for key in ("mean", "worst")]
    cells = [name, f"{found['seconds']:.2f}", f"{found['kB']:.0f}", *decibels]
    cells += [f"{found['peak']:.0f}", f"{found['lasts']:.2f}"]
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    names = Path("/proc/cpuinfo").read_text().splitlines() if sys.platform == "linux" else []
    model = next((line.partition(": ")[2] for line in names if "model name" in line), "")
    return f"{os.cpu_count()} cores, {model or platform.processor()}, {platform.system()}"


_SOURCE = "surface: beale\noptimizers: [sgd, momentum, nesterov, adagrad, rmsprop, adam]\n"

if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(measure(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
