"""Files of strangers, right and a little wrong: each ends well or in a sentence, soon.

`python -m pytest -m fuzz -n 2` reads mutations of the corpus, ANIMATE_FUZZ_SECONDS (60) with each
reader, from the seed ANIMATE_FUZZ_SEED (0). What it finds is printed, kept beside, and goes to the
corpus once it is mended.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.child import trouble
from tests.fuzz.readers import CORPUS, READERS, ending

SECONDS = float(os.environ.get("ANIMATE_FUZZ_SECONDS", "60"))
SEED = os.environ.get("ANIMATE_FUZZ_SEED", "0")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.filterwarnings("ignore")
def test_the_corpus_ends_well_or_in_a_sentence(reader: str, tmp_path: Path) -> None:
    files = sorted((CORPUS / reader).iterdir())
    assert files
    for k, file in enumerate([files[0], *files]):
        path = tmp_path / f"{k}{ending(reader)}"
        path.write_bytes(file.read_bytes())
        said = trouble(reader, path)
        assert not said or (k == 0 and said.startswith("it took")), f"{file.name}: {said}"


@pytest.mark.fuzz
@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as Linux does it")
@pytest.mark.parametrize("reader", READERS)
def test_mutations_end_well_or_in_a_sentence(reader: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.child", reader, tmp_path, SEED, str(SECONDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert len(run.stdout.splitlines()) == 1, run.stdout
