"""All mistakes of a scene are told at once, and of each value what would be right instead of it."""

import pytest

from animate.errors import SceneError
from animate.scene.load import read_text

SCENES = {
    "beside a mistyped name": (
        """\
        surface: {name: beal, windw: [[0, 1], [0, 1]], window: [[0, 1], [0]]}
        optimizers: [sdg, {name: adm, b1: q, learning_rate: {schedule: cosine_decay, init: 3}}]
        panels: [{contur: {levls: 3, levels: -1}}]
        sweep: {optimizers.adm.b1: [0.1]}
        """,
        [
            "1:10: there is no surface named 'beal'. Did you mean 'beale'?",
            "1:23: unknown key 'windw'. Did you mean 'window'?",
            "1:65: surface.window[1]: must have 2 items, such as [-1, 3], got 1",
            "2:14: there is no optimizer named 'sdg'. Did you mean 'sgd'?",
            "2:19: there is no optimizer named 'adm'. Did you mean 'adam'?",
            "2:35: optimizers[1].b1: must be a number, got 'q'",
            "2:53: there is no schedule named 'cosine_decay'. Did you mean "
            "'cosine_decay_schedule'?",
            "2:78: unknown key 'init'. There are alpha, decay_steps, exponent, init_value and "
            "schedule.",
            "3:10: there is no panel named 'contur'. Did you mean 'contour'?",
            "3:20: unknown key 'levls'. Did you mean 'levels'?",
            "3:38: panels[0].contur.levels: must be at least 1, got -1",
            "4:28: takes 2 to 16 numbers, or {from, to, count, scale}",
        ],
    ),
    "beside a mistyped optimizer of optax": (
        "surface: beale\noptimizers: [{name: optax.lio, b1: x, max_learning_rate: 3}]\n",
        [
            "2:14: optax has no optimizer named 'optax.lio'. Did you mean 'optax.lion'?",
            "2:36: optimizers[0].b1: must be a number, got 'x'",
            "2:39: unknown key 'max_learning_rate'. Did you mean 'learning_rate'?",
        ],
    ),
    "beside a mistyped data set": (
        "surface: {network: {hiden: [3]}, data: {name: digts, smples: 4}}\noptimizers: [sgd]\n",
        [
            "1:21: unknown key 'hiden'. Did you mean 'hidden'?",
            "1:40: there is no data set named 'digts'. Did you mean 'digits'?",
            "1:54: unknown key 'smples'. Did you mean 'samples'?",
        ],
    ),
    "what is no list": (
        """\
        surface: {formula: x, window: 3, constants: 4}
        optimizers: sgd
        style: {size: 640}
        story: [{at: 3, focus: {around: 3, within: 1}}, 5, {at: 7, focus: 3}]
        start: [[1, 2], 3]
        panels: {contour: {vectors: gradient}}
        """,
        [
            "1:31: surface.window: must be a list such as [[-2, 2], [-1, 3]], got 3",
            "1:45: surface.constants: must be a mapping such as {a: 1.5}, got 4",
            "2:13: optimizers: must be a list such as [adam, sgd], got 'sgd'",
            "3:15: style.size: must be a list such as [640, 480], got 640",
            "4:33: story[0].focus.around: must be a list such as [0.5, 1], got 3",
            "4:49: story[1]: must be a mapping such as {at: 40, say: turns}, got 5",
            "4:67: story[2].focus: must be 'none', a list such as [[0, 1], [0, 1]] or a mapping "
            "(key: value), got 3",
            "5:17: start[1]: must be a list such as [0, 1], got 3",
            "6:29: panels.contour.vectors: must be a list such as [gradient], got 'gradient'",
        ],
    ),
    "what is no part": (
        "surface: beale\noptimizers: [sgd]\nstyle: dark\ntiming: 3\nnoise: x\nstory: hi\n"
        "start: here\n",
        [
            "3:8: style: must be a mapping such as {size: [640, 480]}, got 'dark'",
            "4:9: timing: must be a mapping such as {seconds: 6, fps: 25}, got 3",
            "5:8: noise: must be a mapping such as {std: 0.1}, got 'x'",
            "6:8: story: must be a list such as [{at: 40, say: turns}], got 'hi'",
            "7:8: start: must be a point [x, y], a list of points or a mapping such as "
            "{count: 500}, got 'here'",
        ],
    ),
}


@pytest.mark.parametrize("name", SCENES)
def test_all_mistakes_are_told_at_once_each_with_what_would_be_right(name: str) -> None:
    text, lines = SCENES[name]
    with pytest.raises(SceneError) as caught:
        read_text("".join(f"{line.strip()}\n" for line in text.splitlines()), "scene.yaml")
    assert caught.value.lines == tuple(f"scene.yaml:{line}" for line in lines)
