"""Every formula that is shown is the rule that is run: the mathtext is evaluated, step by step."""

import re

import numpy as np
import pytest

from animate.optimizers import OPTIMIZERS
from animate.pipeline import stage
from animate.scene.load import read_text

NAMES = {
    r"\Delta\theta": "step", r"\theta": "theta", r"\eta": "eta", r"\rho": "rho",
    r"\epsilon": "eps", r"\gamma": "gamma", r"\beta_1": "b1", r"\beta_2": "b2",
    r"\lambda": "lam", r"\hat m": "mhat", r"\hat v": "vhat",
}  # fmt: skip
FUNCTIONS = {"max": np.maximum, "min": np.minimum, "sqrt": np.sqrt, "norm": np.linalg.norm}
SHOWN = [name for name in OPTIMIZERS if OPTIMIZERS[name].facts["formula"]]
OPTIONS = ["", "clip: 0.7", "weight_decay: 0.2", "clip: 0.5, weight_decay: 0.1"]


MORE = {
    "adagrad": ["", "eps_inside: true, eps: 0.5", "root: false", "root: false, eps: 0.5"],
    "adam": ["", "bias_correction: false", "eps_inside: true, eps: 0.5"],
    "adadelta": ["", "initial: 3"],
    "nesterov": ["", "look_aheads: 2", "look_aheads: 5"],
}
"""Options that change a rule."""


def slope(place):
    return np.array([2.0, 6.0]) * place


def written_out(found):
    """A sum over j from 1 to a number, as its terms."""
    terms = (found[2].replace("j", str(j)) for j in range(1, int(found[1]) + 1))
    return f"({' + '.join(terms)})"


def code(line):
    """A line of mathtext as assignments in Python."""
    line = line.replace(r"\leftarrow", "=")
    line = re.sub(r"\\sum_\{j=1\}\^\{(\d+)\} (.*)", written_out, line)
    size = "abs" if r"\max" in line else "norm"
    line = re.sub(r"\|g\|", rf" {size}(g) ", line)
    line = re.sub(r"\\sqrt\{([^{}]*)\}", r" sqrt(\1) ", line)
    line = re.sub(r"\\dfrac\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))", line)
    for sign, name in NAMES.items():
        line = line.replace(sign, f" {name} ")
    line = re.sub(r"\\(max|min)", r"\1", line)
    line = line.replace(r",\;\;", ";").replace(r"\,", " ").replace(r"\;", " ").replace("^", "**")
    line = re.sub(r"\b(b[12])\s*\*\*t", r"\1**t", line)
    tokens, out = re.findall(r"\*\*|[A-Za-z]\w*|[\d.]+|\S", line), []
    for token in tokens:
        before = out[-1] if out else ""
        value = re.fullmatch(r"[A-Za-z]\w*|[\d.]+|\)", before)
        call = before in (*FUNCTIONS, "abs", "g") and token == "("
        if value and not call and re.match(r"[A-Za-z\d.(]", token):
            out.append("*")
        out.append(token)
    return re.sub(r"\bg\(", "grad(", "".join(out)).split(";")


def shown(lines, start, eta, constants, steps):
    """The places [steps + 1, 2] that the lines lead to."""
    known = dict.fromkeys(("v", "m", "u", "G", "E", "D"), np.zeros(2)) | {"eta": eta} | constants
    places = [np.array(start)]
    for t in range(1, steps + 1):
        known |= {"theta": places[-1], "g": slope(places[-1]), "t": t}

        def grad(at, known=known):
            found = slope(at)
            return found * min(1, known.get("c", np.inf) / np.linalg.norm(found))

        for line in lines:
            for part in code(line):
                name, _, rule = part.partition("=")
                known[name] = eval(rule, FUNCTIONS | {"abs": np.abs, "grad": grad}, known)
        places.append(places[-1] + known["step"])
    return np.array(places)


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("name", SHOWN)
def test_every_rule_that_is_shown_is_run(name, option):
    rates = (0.02, 1.0, 100.0) if name == "adadelta" else (0.003, 0.02, 0.1)
    more = MORE.get(name, [""])
    variants = [(rate, extra) for rate in rates for extra in more]
    lines = "\n".join(
        f"- {{name: {name}, learning_rate: {rate}, "
        + ", ".join(each for each in (option, extra) if each)
        + "}"
        for rate, extra in variants
    )
    text = (
        'surface: {formula: "x**2 + 3*y**2", window: [[-2, 2], [-2, 2]]}\nstart: [1.5, 1]\n'
        f"optimizers:\n{lines}\nsteps: 4\npanels: [contour, formula]\n"
    )
    view = stage(read_text(text, "x.yaml").scene).view
    written = dict(re.findall(r"(clip|weight_decay): ([\d.]+)", option))
    for k, (rate, _) in enumerate(variants):
        options = dict(view.constants[k])
        constants = {"gamma": options.get("momentum"), "rho": options.get("rho")}
        constants["rho"] = constants["rho"] or options.get("decay")
        constants |= {key: options.get(key) for key in ("b1", "b2", "eps")}
        constants |= {"c": float(written.get("clip", "inf"))}
        constants |= {"lam": float(written.get("weight_decay", 0))}
        constants["D"] = np.full(2, options.get("initial", 0.0))
        places = shown(view.formulas[k], (1.5, 1.0), rate, constants, 4)
        np.testing.assert_allclose(view.trajectories.positions[k, 0], places, rtol=1e-6)
