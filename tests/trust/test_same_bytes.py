"""The same scene gives the same bytes, whatever the threads."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.trust.processes import SCENE


def test_the_same_bytes_whatever_the_threads_and_the_hash_seed(folder: Path) -> None:
    text = SCENE.replace("steps: 20", "steps: 20\nnoise: {std: 0.2}\nstart: {count: 3}\nseed: 7")
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text(text)
    found = set()
    command = [sys.executable, "-m", "animate", "render", "one.yaml", "two.yaml", "-q", "--force"]
    for setting, threaded in (("1", "false"), ("2", "true")):
        run = subprocess.run(
            [*command, "--jobs", setting],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONHASHSEED": setting,
                "OMP_NUM_THREADS": setting,
                "XLA_FLAGS": f"--xla_cpu_multi_thread_eigen={threaded}",
            },
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stderr == ""
        for name in ("one", "two"):
            found.add(hashlib.sha256((folder / f"output/{name}.gif").read_bytes()).hexdigest())
    assert len(found) == 1
