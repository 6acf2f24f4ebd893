"""Checkpoints while a module of a real PyTorch is trained, in a plain loop and by Lightning."""

import warnings

import pytest

from animate.errors import UsageError
from animate.torch import Recorder, landscape
from animate.torch.library import torch
from tests.torch.models import loader, module, trained

pytestmark = pytest.mark.torch


def steps(recorder):
    return [int(file.stem) for file in recorder.checkpoints]


def test_a_plain_loop_is_recorded_and_drawn(tmp_path):
    made = []

    def each():
        made[0].step()

    net = module("mlp")
    made.append(Recorder(net, every=2, folder=tmp_path, name="SGD"))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for k in range(7):
        inputs, targets = loader("mlp")[k % 2]
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(inputs), targets).backward()
        optimizer.step()
        each()
    (recorder,) = made
    assert steps(recorder) == [0, 2, 4, 6]
    _, states = trained("mlp", steps=6)
    options = {"resolution": 5, "progress": False}
    folder = recorder.landscape(torch.nn.CrossEntropyLoss(), loader("mlp"), **options)
    assert folder == tmp_path
    assert (tmp_path / "paths.csv").read_text().splitlines()[1].startswith("SGD,0,")
    saved = torch.load(recorder.checkpoints[0], weights_only=True)
    assert all(torch.equal(saved[name], states[0][name]) for name in states[0])


def test_a_long_run_keeps_every_second_checkpoint(tmp_path):
    recorder = Recorder(torch.nn.Linear(1, 1), every=1, folder=tmp_path)
    for _ in range(401):
        recorder.step()
    assert recorder.every == 2
    assert steps(recorder) == list(range(0, 402, 2))


def test_a_run_goes_on_and_never_into_another(tmp_path):
    net = torch.nn.Linear(1, 1)
    recorder = Recorder(net, every=5, folder=tmp_path)
    for _ in range(12):
        recorder.step()
    assert steps(recorder) == [0, 5, 10]
    with pytest.raises(UsageError) as told:
        Recorder(net, every=5, folder=tmp_path)
    assert str(told.value) == (
        f"{tmp_path / 'run'} has the checkpoints of another run; delete it or choose another "
        "folder or name, or, where that run goes on, say first=, the updates before"
    )
    again = Recorder(net, every=5, folder=tmp_path, first=7)
    assert steps(again) == [0, 5, 7]
    for _ in range(5):
        again.step()
    assert steps(again) == [0, 5, 7, 10]


def test_lightning_takes_it_as_a_callback(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Lightning's own, of its and PyTorch's versions
        import lightning

        class Lit(lightning.LightningModule):
            def __init__(self):
                super().__init__()
                self.net = module("mlp")

            def training_step(self, batch, _):
                return torch.nn.functional.cross_entropy(self.net(batch[0]), batch[1])

            def configure_optimizers(self):
                return torch.optim.SGD(self.parameters(), lr=0.1)

        lit = Lit()
        recorder = Recorder(lit, every=3, folder=tmp_path / "run", name="lightning")
        trainer = lightning.Trainer(
            max_epochs=3,
            callbacks=[recorder],
            accelerator="cpu",
            logger=False,
            enable_progress_bar=False,
            enable_model_summary=False,
            default_root_dir=tmp_path,
        )
        trainer.fit(lit, torch.utils.data.DataLoader(loader("mlp"), batch_size=None))
    assert steps(recorder) == [0, 3, 6, 9]
    last = torch.load(recorder.checkpoints[-1], weights_only=True)
    assert torch.equal(last["net.0.weight"], lit.net[0].weight)
    options = {"checkpoints": recorder, "resolution": 5, "progress": False, "out": tmp_path}
    landscape(lit.net, torch.nn.CrossEntropyLoss(), loader("mlp"), **options)
    assert (tmp_path / "plane.npz").exists()
