"""Scenes that sweep a number of the surface, and each value's scene by itself."""

from animate.scene.load import read_text

FORMULA = (
    '{formula: "(x*y - 1)**2 + a*(x**2 + y**2)", constants: {a: 1}, window: [[-3, 3], [-2, 2]]}'
)
BOWL = "{name: quadratic, condition: 3}"
SWEPT = {
    "formula": (FORMULA, "surface.constants.a", (0, 0.5, 1.1)),
    "built in": (BOWL, "surface.condition", (1, 10.5, 40)),
}
STARTS = {"one": "[-1, 1.5]", "two": "[[-1, 1.5], [1, 1]]", "swarm": "{count: 30}"}
SCENE = """
surface: {surface}
optimizers: {optimizers}
{sweep}
steps: 12
start: {start}
style: {{size: [640, 400]}}
timing: {{seconds: 1.5, fps: 4}}
panels: {panels}
"""
BEST = "[sgd, {name: adam, learning_rate: 0.1}]"


def text(
    kind="formula", layout="grid", start="one", panels="[contour]", optimizers=BEST, sweep=None
):
    surface, key, values = SWEPT[kind]
    if sweep is None:
        sweep = f"sweep: {{{key}: {list(values)}, as: {layout}}}"
    return SCENE.format(
        surface=surface, sweep=sweep, start=STARTS[start], panels=panels, optimizers=optimizers
    )


def scene(**asked):
    return read_text(text(**asked), "s").scene


def alone(kind, value, **asked):
    """The scene with that number written into it, and no sweep."""
    _, key, _ = SWEPT[kind]
    return read_text(text(kind=kind, sweep="", **asked), "s", [f"{key}={value}"]).scene
