"""The landscape of modules of a real PyTorch against recomputations by PyTorch and NumPy alone."""

import csv
from pathlib import Path

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import UsageError
from animate.scene.load import read
from animate.torch import landscape
from animate.torch.library import torch
from tests.npz import arrays_of
from tests.torch.models import QUIET, accuracy, copied, criterion, loader, module, trained

pytestmark = pytest.mark.torch


def exact_loss(kind, weights, state, statistics):
    """The loss in float64 of a module with the vector `weights`, by PyTorch's own means."""
    net = module(kind).double()
    net.load_state_dict(state)
    torch.nn.utils.vector_to_parameters(torch.tensor(weights), net.parameters())
    batches = [
        (inputs.double() if kind != "transformer" else inputs, y) for inputs, y in loader(kind)
    ]
    if statistics == "recomputed":
        torch.optim.swa_utils.update_bn(batches, net)
    net.eval()
    with torch.no_grad():
        logits = torch.cat([net(inputs) for inputs, _ in batches])
    targets = torch.cat([y for _, y in batches])
    return float(torch.nn.functional.cross_entropy(logits, targets))


def rows(folder):
    with (folder / "paths.csv").open() as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("plane", ["pca", "filter_normalized"])
@pytest.mark.parametrize("statistics", ["recomputed", "kept"])
@pytest.mark.parametrize("kind", ["mlp", "cnn", "transformer"])
def test_ten_points_agree_with_a_recomputation_in_float64(kind, statistics, plane, tmp_path):
    net, states = trained(kind)
    options = {"plane": plane, "statistics": statistics, "out": tmp_path}
    landscape(net, criterion(), loader(kind), checkpoints=states, **options, **QUIET)
    plane, cut = arrays_of(tmp_path / "plane.npz"), arrays_of(tmp_path / "directions.npz")
    for k in np.random.default_rng(0).choice(25, 10, replace=False):
        row, column = divmod(k, 5)
        at = np.array([plane["x"][column], plane["y"][row]])
        weights = cut["origin"].astype(float) + at @ cut["directions"].astype(float)
        expected = exact_loss(kind, weights, states[-1], statistics)
        np.testing.assert_allclose(plane["z"][row, column], expected, rtol=1e-5)
    vectors = []
    for state, found in zip(states, rows(tmp_path), strict=True):
        net.load_state_dict(state)
        weights = torch.nn.utils.parameters_to_vector(net.parameters()).detach().double().numpy()
        expected = exact_loss(kind, weights, state, statistics)
        np.testing.assert_allclose(float(found["loss"]), expected, rtol=1e-5)
        vectors.append(weights)
    offsets = np.stack(vectors) - cut["origin"]
    at, residual = np.linalg.lstsq(cut["directions"].T.astype(float), offsets.T, rcond=None)[:2]
    positions = [[float(row["x"]), float(row["y"])] for row in rows(tmp_path)]
    np.testing.assert_allclose(positions, at.T, atol=1e-5)
    distances = [float(row["distance"]) ** 2 for row in rows(tmp_path)]
    np.testing.assert_allclose(distances, residual, rtol=1e-4, atol=1e-9)


def test_shares_and_losses_below_the_path_are_those_of_the_principal_axes(tmp_path):
    net, states = trained("cnn")
    metrics = {"accuracy": accuracy}
    landscape(
        net, criterion(), loader("cnn"), checkpoints=states, metrics=metrics, out=tmp_path, **QUIET
    )
    names = [name for name, _ in net.named_parameters()]
    points = np.stack(
        [
            np.concatenate([state[name].double().numpy().ravel() for name in names])
            for state in states
        ]
    )
    _, values, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(
        arrays_of(tmp_path / "plane.npz")["share"], (values**2 / (values**2).sum())[:2], rtol=1e-4
    )
    below = points.mean(axis=0) + (points - points.mean(axis=0)) @ axes[:2].T @ axes[:2]
    for k in (0, 4, 8):
        expected = exact_loss("cnn", below[k], states[-1], "recomputed")
        np.testing.assert_allclose(float(rows(tmp_path)[k]["plane_loss"]), expected, rtol=1e-5)
    right = arrays_of(tmp_path / "plane_accuracy.npz")["z"] * 24
    np.testing.assert_allclose(right, np.round(right), atol=1e-5)
    assert 0 <= right.min() < right.max() <= 24


def test_the_module_and_the_random_numbers_are_as_before(tmp_path):
    net, states = trained("cnn")
    net.train()
    net[4].eval()
    net[0].weight.requires_grad_(False)
    before, modes = copied(net), [each.training for each in net.modules()]
    numbers = torch.get_rng_state()
    shuffled = torch.utils.data.DataLoader([*zip(*module_data(), strict=True)], 10, shuffle=True)
    landscape(net, criterion(), shuffled, checkpoints=states, out=tmp_path, **QUIET)
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert [each.training for each in net.modules()] == modes
    assert net[1].momentum == 0.1
    assert not net[0].weight.requires_grad
    assert torch.equal(torch.get_rng_state(), numbers)


def module_data():
    return torch.cat([x for x, _ in loader("cnn")]), torch.cat([y for _, y in loader("cnn")])


def test_what_was_killed_goes_on_and_gives_the_same_files(tmp_path):
    net, states = trained("mlp")
    calls = []

    def loss(net, batch):
        calls.append(1)
        if len(calls) == 60:
            raise KeyboardInterrupt
        return torch.nn.functional.cross_entropy(net(batch[0]), batch[1])

    options = {"checkpoints": states, **QUIET}
    before = copied(net)
    with pytest.raises(KeyboardInterrupt):
        landscape(net, loss, loader("mlp"), out=tmp_path / "killed", **options)
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert not (tmp_path / "killed" / "plane.npz").exists()
    landscape(net, loss, loader("mlp"), out=tmp_path / "killed", **options)
    points = 9 + 9 + 25
    assert len(calls) == 60 + 3 + 3 * (points - 59 // 3)
    landscape(net, loss, loader("mlp"), out=tmp_path / "whole", **options)
    for name in ("plane.npz", "paths.csv", "directions.npz"):
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_points_of_other_data_are_computed_anew(tmp_path):
    net, states = trained("mlp")
    options = {"checkpoints": states, "out": tmp_path, **QUIET}
    landscape(net, criterion(), loader("mlp"), **options)
    first = arrays_of(tmp_path / "plane.npz")["z"]
    landscape(net, criterion(), loader("mlp")[:1], **options)
    alone = arrays_of(tmp_path / "plane.npz")["z"]
    assert np.abs(first - alone).min() > 1e-4
    landscape(net, criterion(), loader("mlp")[:1], **(options | {"out": tmp_path / "new"}))
    np.testing.assert_array_equal(alone, arrays_of(tmp_path / "new" / "plane.npz")["z"])


def test_a_plane_goes_through_three_checkpoints(tmp_path):
    net, states = trained("mlp")
    for k, state in enumerate(states):
        torch.save(state, tmp_path / f"ckpt-{k}.pt")
    corners = [tmp_path / "ckpt-0.pt", states[4], tmp_path / "ckpt-8.pt"]
    options = {"checkpoints": str(tmp_path / "ckpt-*.pt"), "plane": corners, "out": tmp_path}
    landscape(net, criterion(), loader("mlp"), **options, **QUIET)
    found = rows(tmp_path)
    assert [int(row["step"]) for row in found] == list(range(9))
    for k in (0, 4, 8):
        assert float(found[k]["distance"]) < 1e-5
        np.testing.assert_allclose(
            float(found[k]["loss"]), float(found[k]["plane_loss"]), rtol=1e-5
        )
    assert max(abs(float(found[0][axis])) for axis in "xy") < 1e-6


def test_five_lines_show_it_as_a_network_of_jax(tmp_path):
    runs = {}
    for name, rate in (("slow", 0.02), ("fast", 0.1)):
        net, runs[name] = trained("cnn", rate=rate)
    options = {"checkpoints": runs, "metrics": {"accuracy": accuracy}, "out": tmp_path / "run"}
    landscape(net, criterion(), loader("cnn"), **options, **QUIET)
    scene = tmp_path / "scene.yaml"
    scene.write_text(
        "surface: {grid: run/plane.npz}\npaths: run/paths.csv\n"
        "panels: [[contour, off_plane], [finding]]\nstyle: {size: [640, 480]}\n"
        "timing: {seconds: 1, fps: 2}\n"
    )
    stage = movie.stage(read(scene).scene)
    share = arrays_of(tmp_path / "run" / "plane.npz")["share"]
    assert stage.view.axes == tuple(f"PC {k + 1} ({share[k]:.0%} of variance)" for k in (0, 1))
    assert "among 243 weights" in stage.view.finding
    assert stage.view.finding.endswith("statistics are computed anew at every point.")
    (dotted,) = {
        line.get_color()
        for axes in stage.figure.axes
        if "true loss" in axes.get_ylabel()
        for line in axes.lines
        if line.get_linestyle() == ":" and len(line.get_xdata()) == 9
        if np.allclose(
            line.get_ydata(),
            [float(r["plane_loss"]) for r in rows(tmp_path / "run") if r["optimizer"] == "fast"],
        )
    }
    assert dotted == stage.view.colours[stage.view.names.index("fast")]


def call(**changes):
    net, states = trained("mlp")
    options = {"checkpoints": states, **QUIET, **changes}
    return landscape(
        net, options.pop("loss", criterion()), options.pop("loader", loader("mlp")), **options
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"loss": lambda net, batch: net(batch)}, "loss(module, batch) failed: TypeError: "),
        (
            {"loss": lambda net, batch: net(batch[0])},
            "loss must be one number, the mean over the examples of a batch; it has the shape "
            "[10, 3]",
        ),
        ({"plane": "pac"}, "plane: there is no 'pac'. Did you mean 'pca'?"),
        ({"plane": ["a.pt"]}, "plane: give three checkpoints, or 'pca', 'filter_normalized' or"),
        ({"resolution": 2}, "resolution: must be 5 to 1000, got 2"),
        ({"statistics": "none"}, "statistics: must be 'recomputed' or 'kept', got 'none'"),
        ({"metrics": {"a/b": accuracy}}, "metrics: 'a/b' names files and a column; write letters"),
        ({"loader": iter(())}, "the loader can be gone through once only; give a DataLoader or"),
        ({"loader": []}, "the loader has no batches"),
        ({"checkpoints": "no-*.pt"}, "checkpoints: the run 'run' has 0; give two or more"),
        ({"checkpoints": [3, 4]}, "checkpoints: each is a file or a state_dict, got int"),
        (
            {"checkpoints": [{"a": 1}, {"a": 2}]},
            "checkpoints: a state_dict has no '0.weight', which the module has",
        ),
    ],
)
def test_mistakes_are_sentences(changes, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as told:
        call(**changes)
    assert str(told.value).startswith(sentence)


def test_runs_that_miss_a_step_and_other_modules_are_told(tmp_path):
    _, states = trained("mlp")
    for k in (0, 1, 2):
        torch.save(states[k], tmp_path / f"a{k}.pt")
    files = [tmp_path / f"a{k}.pt" for k in (0, 1, 2)]
    with pytest.raises(UsageError, match="the run 'B' has none of step 1, which others have"):
        call(checkpoints={"A": files, "B": [files[0], files[2]]}, out=tmp_path)
    wide = {name: torch.zeros(5, 5) for name in states[0]}
    with pytest.raises(UsageError) as told:
        call(checkpoints=[wide, wide], out=tmp_path)
    assert str(told.value) == (
        "checkpoints: a state_dict 0.weight has shape [5, 5], in the module [6, 4]"
    )


def test_the_guide_does_what_it_says(tmp_path, monkeypatch):
    guide = (Path(__file__).parents[2] / "docs" / "networks.md").read_text(encoding="utf-8")
    section = guide.partition("## PyTorch\n")[2].partition("\n## ")[0]
    code, scene = (section.split(f"```{kind}\n")[1].split("```")[0] for kind in ("python", "yaml"))
    monkeypatch.chdir(tmp_path)
    exec(code.replace('out="run"', 'out="run", resolution=7, progress=False'), {})
    (tmp_path / "scene.yaml").write_text(scene + "timing: {seconds: 1, fps: 2}\n")
    view = movie.stage(read(tmp_path / "scene.yaml").scene).view
    assert view.names == ("slow", "fast")
    losses = view.trajectories.losses[:, 0]
    assert (losses[:, -1] < losses[:, 0]).all()
