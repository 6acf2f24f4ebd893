"""What the tests of the command line share: a small scene, and a call in its folder."""

import pytest
from typer.testing import CliRunner

from animate.cli.app import app

SCENE = """\
surface: beale
optimizers: [{name: sgd, learning_rate: 0.01}, {name: adam, learning_rate: 0.1}]
steps: 12
timing: {seconds: 0.4, fps: 10, hold: 0.2}
style: {size: [160, 120]}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "race.yaml").write_text(SCENE)

    def invoke(*arguments):
        return CliRunner().invoke(app, [str(each) for each in arguments])

    return invoke
