"""Notebooks, run by a kernel as Jupyter does."""

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from IPython.core.error import UsageError
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from animate.api.magic import load_ipython_extension
from animate.writers.source import read_source

SHORT = "steps: 3\ntiming: {seconds: 0.2, fps: 10, hold: 0}\nstyle: {size: [320, 240]}\n"
GUIDE = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def run(notebook, folder, **environment):
    """The notebook after all its cells have run, from the first to the last."""
    client = NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(folder)}}, kernel_name="python3"
    )
    return client.execute(env={**os.environ, **environment})


def notebook(*cells, mistaken=False):
    tags = {"tags": ["raises-exception"]} if mistaken else {}
    made = [nbformat.v4.new_code_cell(each, metadata=tags) for each in cells]
    return nbformat.v4.new_notebook(cells=made)


def shown(cell):
    """What the cell shows at last, by its MIME types."""
    return cell.outputs[-1]["data"]


def printed(cell):
    return "".join(each["text"] for each in cell.outputs if each.output_type == "stream")


def test_the_guide_runs_from_top_to_bottom(tmp_path):
    done = run(nbformat.read(GUIDE, as_version=4), tmp_path)
    cells = {cell.id: cell for cell in done.cells}
    for name in ("race", "function", "yaml"):
        assert set(shown(cells[name])) == {"text/html", "image/png", "text/plain"}
        assert shown(cells[name])["text/html"].startswith("<video ")
    for name in ("still", "strip"):
        assert set(shown(cells[name])) == {"image/png", "text/plain"}
    assert "application/vnd.jupyter.widget-view+json" in shown(cells["widget"])
    assert "Beale: " in printed(cells["describe"])
    assert "momentum" in shown(cells["frame"])["text/plain"]
    assert printed(cells["render"]).split() == ["valley.gif", "valley.mp4"]
    source = read_source(tmp_path / "valley.gif")
    assert source.text == "".join(cells["yaml"].source.partition("\n")[2:]) + "\n"


def test_the_guide_is_kept_without_what_it_shows():
    cells = json.loads(GUIDE.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)


MISTAKEN = [
    (
        "surface: beale\noptimizers:\n  - {name: adm}\n  - {name: sgd, learning_rate: -1}\n",
        "UsageError: the scene cannot be shown\n"
        "line 4:   - {name: adm}\n"
        "            ^ there is no optimizer named 'adm'. Did you mean 'adam'?\n"
        "line 5:   - {name: sgd, learning_rate: -1}\n"
        f"{' ' * 39}^ optimizers[1].learning_rate: must be greater than 0, got -1\n",
    ),
    (
        "surface: beale\noptimizers: [adam]\nstart: [1e80, 1e80]\n",
        "UsageError: the scene cannot be shown\n"
        "line 4: start: [1e80, 1e80]\n"
        "               ^ the loss at the start [1e+80, 1e+80] is above 1e300; begin elsewhere\n",
    ),
    (
        "surface: {python: 'os:system', window: [[0, 1], [0, 1]]}\noptimizers: [adam]\n",
        "UsageError: the scene cannot be shown\n"
        "line 2: surface: {python: 'os:system', window: [[0, 1], [0, 1]]}\n"
        "                          ^ this scene runs the code of the module 'os', which can do all "
        "that you can; if you trust it, allow it with allow_code=True\n",
    ),
]


def test_a_mistake_in_a_cell_is_told_at_its_line(tmp_path):
    cells = [f"%%animate\n{text}" for text, _ in MISTAKEN]
    cells += ["%%animate two names\nsurface: beale\n"]
    done = run(notebook("%load_ext animate", *cells, mistaken=True), tmp_path)
    told = [printed(cell) for cell in done.cells[1:]]
    assert told[:-1] == [sentence for _, sentence in MISTAKEN]
    assert told[-1] == (
        "UsageError: %%animate takes one name, that of a variable for the scene, got 'two names'\n"
    )


@pytest.mark.parametrize("name", ["__builtins__", "_", "_x", "class", "None"])
def test_a_cell_takes_no_name_that_python_needs(name):
    magics = []
    shell = SimpleNamespace(register_magic_function=lambda magic, *_: magics.append(magic))
    load_ipython_extension(shell)
    with pytest.raises(UsageError) as caught:
        magics[0](name, "surface: beale\noptimizers: [adam]\n")
    assert str(caught.value) == (
        f"%%animate: {name!r} cannot be the name of a variable for the scene; choose one that "
        "begins with a letter and is no word of Python"
    )


def test_a_mistaken_cell_stops_the_cells_below(tmp_path):
    cells = ("%load_ext animate", "%%animate\nsurface: beale\n", "1")
    with pytest.raises(CellExecutionError, match="the key 'optimizers' is missing"):
        run(notebook(*cells), tmp_path)


def test_a_kernel_with_settings_of_its_own_shows_and_renders(tmp_path):
    (tmp_path / "race.yaml").write_text(f"surface: beale\noptimizers: [adam]\n{SHORT}")
    here = Path(sys.executable).parent
    done = run(
        notebook(
            "import animate\nanimate.read('race.yaml')",
            "!{__import__('sys').executable} -m animate render race.yaml -o race.gif --quiet",
            "animate.render('race.yaml', 'again.gif')[0].size",
        ),
        tmp_path,
        MPLBACKEND="module://matplotlib_inline.backend_inline",
        JAX_ENABLE_X64="1",
        XLA_FLAGS="",
        PATH=f"{here}{os.pathsep}{os.environ['PATH']}",
    )
    assert shown(done.cells[0])["text/html"].startswith("<video ")
    assert (tmp_path / "race.gif").read_bytes() == (tmp_path / "again.gif").read_bytes()


def test_nothing_is_left_of_what_was_shown_on_the_way(tmp_path):
    slow = (
        "import animate, time\n"
        "from animate.api.progress import progress\n"
        "with progress('a < b') as told:\n"
        "    for done in range(3):\n"
        "        time.sleep(0.6)\n"
        "        told('frames', done, 3)\n"
    )
    notes = []
    client = NotebookClient(
        notebook(slow),
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    )
    original = client.process_message

    def heard(message, *rest):
        notes.append(message)
        return original(message, *rest)

    client.process_message = heard
    client.execute()
    data = [each["content"]["data"] for each in notes if "display" in each["msg_type"]]
    assert data[0] == {
        "text/plain": "a < b: frames, 0 of 3",
        "text/html": '<progress value="0" max="3"></progress> a &lt; b: frames, 0 of 3',
    }
    assert [each["text/plain"] for each in data[1:]] == [
        "a < b: frames, 1 of 3",
        "a < b: frames, 2 of 3",
        "",
    ]
    (left,) = client.nb.cells[0].outputs
    assert set(left["data"].values()) == {""}
