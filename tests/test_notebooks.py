"""The notebooks: each runs from a fresh kernel, and what is saved is small, clean and what a run gives."""

import ast
import base64
import re
from pathlib import Path

import pytest
from report_picture import PICTURE as REPORT
from saved_notebooks import (
    METADATA,
    NOTEBOOKS,
    PICTURES,
    ROOT,
    clean,
    load,
    pictures,
    run,
    tables,
    tags,
    with_parameters,
)

MOST_BYTES = 300_000
MOST_PICTURE_BYTES = 150_000
# Another story than the saved one: (notebook, parameters, what its tables say then).
OTHER_PARAMETERS = [
    ("01-one-story", {"story": "opec-output-cuts", "lang": "id"}, "411.000 barel per hari"),
    ("02-crosscheck", {"story": "lng-trade"}, "Jepang Kurangi Pembelian LNG"),
    ("04-your-own-articles", {"lang": "id"}, "berbeda: kata skala"),
]


def names(paths: list[Path]) -> list[str]:
    return [path.stem for path in paths]


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=names(NOTEBOOKS))
def saved(request):
    return load(request.param)


@pytest.fixture(params=NOTEBOOKS, ids=names(NOTEBOOKS))
def path(request) -> Path:
    return request.param


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_they_are_numbered_one_after_the_other():
    assert [name[:3] for name in names(NOTEBOOKS)] == [f"{number:02}-" for number in range(1, len(NOTEBOOKS) + 1)]
    assert len(NOTEBOOKS) >= 2


@pytest.mark.notebook
@pytest.mark.parametrize("folder", ["notebooks", "."])
def test_what_is_saved_is_what_a_run_gives(path, folder):
    fresh = clean(run(load(path), ROOT / folder))
    assert tables(fresh) == tables(load(path)), "run make notebooks, and look at what changed"
    assert sorted(pictures(fresh)) == sorted(pictures(load(path)))


@pytest.mark.notebook
@pytest.mark.parametrize(("name", "parameters", "said"), OTHER_PARAMETERS)
def test_it_runs_with_other_parameters(name, parameters, said, tmp_path):
    (path,) = (path for path in NOTEBOOKS if path.stem == name)
    assert not any(said in text for text in tables(load(path)))
    fresh = run(with_parameters(load(path), {**parameters, "folder": str(ROOT / "data" / "articles")}), tmp_path)
    assert any(said in text for text in tables(fresh))


@pytest.mark.notebook
def test_it_runs_over_a_folder_of_ones_own(tmp_path):
    (tmp_path / "visit.en.txt").write_text("Output rose to 20 million tonnes in 2025.", encoding="utf-8")
    (tmp_path / "empty.en.txt").write_text("", encoding="utf-8")
    (path,) = (path for path in NOTEBOOKS if path.stem == "04-your-own-articles")
    said = tables(run(with_parameters(load(path), {"folder": str(tmp_path)}), tmp_path))
    assert any("visit.en" in text for text in said)
    assert any("empty.en.txt" in text for text in said), "what could not be used is not said"


def test_every_cell_that_ends_in_a_value_or_a_chart_has_its_output(saved):
    for cell in code(saved):
        last = ast.parse(cell.source).body[-1]
        kinds = {kind for output in cell.outputs for kind in output.get("data", {})}
        if "ax = charts." in cell.source:
            assert "image/png" in kinds, cell.source
        elif isinstance(last, ast.Expr) and "set_option" not in cell.source:
            assert "text/html" in kinds, cell.source
        assert {output.output_type for output in cell.outputs} <= {"execute_result", "display_data"}, cell.outputs
    assert [cell.execution_count for cell in code(saved)] == list(range(1, len(code(saved)) + 1))


def test_the_first_cell_imports_and_the_second_holds_the_parameters(saved):
    first, second, *others = code(saved)
    assert "import energyfacts" in first.source
    assert tags(second) == ["parameters"]
    assert all(isinstance(line, ast.Assign) for line in ast.parse(second.source).body)
    assert not any(isinstance(node, ast.Import | ast.ImportFrom) for cell in others for node in ast.walk(parsed(cell)))


def parsed(cell) -> ast.Module:
    return ast.parse(cell.source)


def test_prose_stands_before_every_step_and_nothing_is_defined(saved):
    kinds = [cell.cell_type for cell in saved.cells]
    assert kinds[0] == kinds[-1] == "markdown"
    steps = [place for place, kind in enumerate(kinds) if kind == "code"][1:]
    assert all(kinds[place - 1] == "markdown" for place in steps)
    helpers = (ast.FunctionDef, ast.ClassDef)
    assert not any(isinstance(node, helpers) for cell in code(saved) for node in ast.walk(parsed(cell)))
    prose = "\n".join(cell.source for cell in saved.cells if cell.cell_type == "markdown")
    wanted = ["Data", "Method", "Limits", "Reproduce", "Licence"]
    assert [heading for heading in re.findall(r"^## (\w+)$", prose, re.MULTILINE) if heading in wanted] == wanted


def test_it_reaches_for_nothing_outside(saved):
    for cell in code(saved):
        assert not re.search(r"\.\./|^\s*[!%]|https?:", cell.source, re.MULTILINE), cell.source


def test_it_is_small_and_says_nothing_of_where_and_when_it_was_run(path):
    assert path.stat().st_size < MOST_BYTES
    notebook = load(path)
    assert notebook.metadata == METADATA
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
    assert all(not output.get("metadata") for cell in code(notebook) for output in cell.outputs)
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert not re.search(r"/tmp/|/home/|/root/|site-packages|ipykernel_", text)


def test_every_cell_has_a_name_of_its_own(saved):
    found = [cell.id for cell in saved.cells]
    assert len(set(found)) == len(found)
    # Random names would change with every cell that is written anew.
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in found)


def test_the_pictures_of_the_readme_are_those_of_the_notebooks():
    found = {name: picture for path in NOTEBOOKS for name, picture in pictures(load(path)).items()}
    assert {f"{name}.png" for name in found} | {REPORT.name} == {path.name for path in PICTURES.glob("*.png")}
    assert REPORT.stat().st_size < MOST_PICTURE_BYTES
    for name, picture in found.items():
        assert (PICTURES / f"{name}.png").read_bytes() == picture
        assert len(picture) < MOST_PICTURE_BYTES


def test_cleaning_takes_out_time_and_place_and_makes_pictures_small(path):
    notebook = load(path)
    big = next(output for cell in code(notebook) for output in cell.outputs if "image/png" in output.get("data", {}))
    before = len(base64.b64decode(big.data["image/png"]))
    big.metadata = {"image/png": {"width": 8}}
    notebook.cells[0].metadata = {"execution": {"iopub.execute_input": "2026-01-01T00:00:00Z"}, "tags": ["kept"]}
    notebook.metadata["widgets"] = {}
    cleaned = clean(notebook)
    assert cleaned.metadata == METADATA
    assert cleaned.cells[0].metadata == {"tags": ["kept"]}
    assert big.metadata == {}
    # A picture that has been made small stays so.
    assert len(base64.b64decode(big.data["image/png"])) <= before * 1.01
