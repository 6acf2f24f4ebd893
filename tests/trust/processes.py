"""Renders in processes of their own, which tests may kill."""

import subprocess
import sys
from pathlib import Path

SCENE = """\
surface: beale
steps: 20
optimizers: [{name: sgd, learning_rate: 0.01}]
timing: {seconds: 2, fps: 25}
style: {size: [320, 240]}
"""
LOOP = """
import signal, sys
from pathlib import Path
from animate.cli import handler
from animate.cli.app import app
# A shell without job control starts what is in its background deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
status = 0
print("ready", flush=True)
for k in range(int(sys.argv[1])):
    try:
        app(["render", "--force", "-q", *sys.argv[2:]])
    except SystemExit as end:
        status = end.code
        if status:
            break
sys.exit(status)
"""


def renders(folder: Path, *arguments: str, times: int = 1000) -> subprocess.Popen:
    """A process that renders the scene again and again, once its libraries are loaded."""
    run = subprocess.Popen(
        [sys.executable, "-c", LOOP, str(times), "scene.yaml", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    return run


def finish(run: subprocess.Popen) -> str:
    """What the process says on standard error until its end."""
    return run.communicate(timeout=120)[1]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
