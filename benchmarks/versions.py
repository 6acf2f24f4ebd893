"""The lowest and the newest versions of what we lean on, on every Python that is there.

`python -m benchmarks.versions [3.11 …] > benchmarks/versions.md` makes a fresh environment for
each, installs the versions that pyproject.toml names as the lowest, or the newest, and runs TESTS.
What pyproject.toml does not name is the newest that fits.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
TESTS = (
    "tests/cli/test_commands.py",
    "tests/figure/test_digits.py",
    "tests/networks/test_checkpoints.py",
    "tests/networks/test_parameters_by_leaves.py",
    "tests/networks/test_training.py",
    "tests/optimizers/test_optax_kinds.py",
    "tests/scene/test_yaml.py",
    "tests/simulate/test_trace.py",
    "tests/surfaces/test_grid.py",
    "tests/trust/test_jax_settings.py",
    "tests/trust/test_library.py",
    "tests/writers/test_pictures.py",
)
SHOWN = ("jax", "optax", "numpy", "matplotlib", "av", "pydantic", "typer", "click")


def lowest() -> list[str]:
    """Every requirement of pyproject.toml, pinned to its floor: `name==version`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    named = [*project["dependencies"], *extras["networks"], *extras["test"]]
    return [each.replace(">=", "==") for each in named if ">=" in each]


def pythons(wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The versions that are there, of those wanted, and the program of each."""
    for version in wanted:
        program = shutil.which(f"python{version}")
        if program and not subprocess.run([program, "-V"], capture_output=True).returncode:
            yield version, program


def result(program: str, constraints: list[str]) -> tuple[str, dict[str, str]]:
    """The last line of pytest in a fresh environment, and the versions there."""
    with tempfile.TemporaryDirectory() as folder:
        limits = Path(folder, "constraints.txt")
        limits.write_text("\n".join(constraints))
        here = str(Path(folder, "env", "bin", "python"))
        subprocess.run([program, "-m", "venv", Path(folder, "env")], check=True)
        wanted = ["-e", f"{ROOT}[test]", "-c", limits]
        if uv := shutil.which("uv"):
            install = [uv, "pip", "install", "-q", "--python", here, *wanted]
        else:
            install = [here, "-m", "pip", "install", "-q", *wanted]
        made = subprocess.run(install, capture_output=True, text=True)
        if made.returncode:
            return f"not installed: {_last(made.stderr)}", {}
        tests = [here, "-m", "pytest", "-p", "no:cacheprovider", *TESTS]
        run = subprocess.run(tests, cwd=ROOT, capture_output=True, text=True)
        print(run.stdout, run.stderr, file=sys.stderr)
        listed = [here, "-m", "pip", "list", "--format", "freeze"]
        found = subprocess.run(listed, capture_output=True, text=True).stdout
        versions = dict(re.findall("(?m)^([^=]+)==(.+)$", found))
        return re.sub(r" in [0-9.]+s.*", "", _last(run.stdout)), versions


def _last(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1].strip("= ")


def main() -> None:
    """Print the table."""
    print("# Lowest and newest versions\n")
    print(f"Made by `python -m benchmarks.versions`; the tests are\n{', '.join(TESTS)}.\n")
    print(f"| Python | versions | {' | '.join(SHOWN)} | tests |")
    print(f"|---|---|{'---|' * len(SHOWN)}---|")
    for version, program in pythons(tuple(sys.argv[1:]) or PYTHONS):
        for name, constraints in (("lowest", lowest()), ("newest", [])):
            said, versions = result(program, constraints)
            numbers = " | ".join(versions.get(each, "") for each in SHOWN)
            print(f"| {version} | {name} | {numbers} | {said} |", flush=True)


if __name__ == "__main__":
    main()
