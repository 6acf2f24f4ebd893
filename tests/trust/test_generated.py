"""Scenes that nobody wrote: each one renders or is refused, never a traceback.

`pytest -m long -n 0 -s` tries thousands, and prints its seed and counts.
"""

import random
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from animate.figure.timeline import Timeline
from animate.optimizers import OPTIMIZERS
from animate.panels import PANELS
from animate.scene.schema import json_schema
from animate.surfaces import SURFACES
from tests.trust.generated import dumped, mutated, outcome, scenes

RELAXED = settings(
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def tried(strategy: st.SearchStrategy, folder: Path, count: int, number: int) -> Counter:
    """The outcomes of `count` scenes; one that fails is printed at once, and not made smaller:
    to shrink a scene that takes seconds to render takes hours."""
    found: Counter = Counter()

    @seed(number)
    @settings(RELAXED, max_examples=count, phases=[Phase.generate])
    @given(strategy)
    def try_one(scene: object) -> None:
        try:
            found[outcome(scene, folder)] += 1
        except BaseException:
            sys.stdout.write(f"\n{found.total()} scenes passed, this one failed:\n{dumped(scene)}")
            sys.stdout.flush()
            raise

    try_one()
    return found


def test_damaged_scenes_render_or_are_refused(tmp_path: Path) -> None:
    found = tried(mutated(), tmp_path, count=16, number=1)
    assert found[0]
    assert found[2]


@pytest.mark.long
@pytest.mark.parametrize(("name", "count"), [("schema", 300), ("damaged", 1000)])
def test_thousands_of_scenes(name: str, count: int, tmp_path: Path) -> None:
    number = random.SystemRandom().randrange(2**32)
    sys.stdout.write(f"\n{name}: seed {number}\n")
    found = tried(scenes() if name == "schema" else mutated(), tmp_path, count, number)
    total = sum(found.values())
    sys.stdout.write(f"{total} tried, {found[2]} refused, {found[0]} rendered\n")


@settings(RELAXED, max_examples=300)
@given(
    steps=st.integers(1, 1_000_000),
    seconds=st.floats(0.001, 3600),
    fps=st.floats(1, 120),
    hold=st.floats(0, 600),
)
def test_timelines_last_what_was_asked(steps, seconds, fps, hold) -> None:
    timeline = Timeline(steps, seconds=seconds, fps=fps, hold=hold)
    assert timeline.duration == seconds + hold
    assert abs(timeline.frames - seconds * fps) <= max(0.5, 1 - seconds * fps)
    assert timeline.step_at(timeline.frames - 1) == steps
    assert timeline.step_at(0) == (0 if timeline.frames > 1 else steps)
    shown = [timeline.step_at(k) for k in range(0, timeline.frames, 1 + timeline.frames // 50)]
    assert shown == sorted(shown)


def test_the_schema_names_every_entry_of_the_tables() -> None:
    text = str(json_schema())
    for table in (SURFACES, OPTIMIZERS, PANELS):
        assert all(name in text for name in table)
