"""The same scene gives the same bytes, whatever the threads."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.trust.processes import SCENE

LIBRARY = """
import os, sys
os.environ["XLA_FLAGS"] = sys.argv[1]  # the command line takes none
import animate
for name in ("one", "two"):
    animate.render(f"{name}.yaml", f"output/{name}.gif")
"""


def test_the_same_bytes_whatever_the_threads_and_the_hash_seed(folder: Path) -> None:
    text = SCENE.replace("steps: 20", "steps: 20\nnoise: {std: 0.2}\nstart: {count: 3}\nseed: 7")
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text(text)
    found = set()
    command = [sys.executable, "-m", "animate", "render", "one.yaml", "two.yaml", "-q", "--force"]
    library = [sys.executable, "-c", LIBRARY]
    for setting, call in (
        ("1", [*command, "--jobs", "1"]),
        ("2", [*command, "--jobs", "2"]),
        ("1", [*library, "--xla_cpu_multi_thread_eigen=false"]),
        ("2", [*library, "--xla_cpu_multi_thread_eigen=true"]),
    ):
        run = subprocess.run(
            call,
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONHASHSEED": setting,
                "OMP_NUM_THREADS": setting,
            },
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stderr == ""
        for name in ("one", "two"):
            found.add(hashlib.sha256((folder / f"output/{name}.gif").read_bytes()).hexdigest())
    assert len(found) == 1
