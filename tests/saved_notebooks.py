"""The saved notebooks: run from a fresh kernel, cleaned, their pictures made small (``make notebooks``)."""

import base64
import io
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PICTURES = ROOT / "docs" / "images"
# The output of a cell with this tag becomes the picture of that name in the README.
PICTURE_TAG = "picture-"
COLOURS = 128
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def load(path: Path) -> NotebookNode:
    """Return a saved notebook."""
    return nbformat.read(path, as_version=4)


def with_parameters(notebook: NotebookNode, parameters: dict[str, str]) -> NotebookNode:
    """Put values into a notebook as papermill does: in a cell of their own after the one tagged ``parameters``."""
    (place,) = (number for number, cell in enumerate(notebook.cells) if "parameters" in tags(cell))
    values = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(values))
    return notebook


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run a notebook from a fresh kernel in a working folder; an error in a cell is raised."""
    paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    # A text shown for a terminal is as wide as that, so the width must not be that of whoever saves.
    fixed = {"PYTHONPATH": os.pathsep.join(path for path in paths if path), "COLUMNS": "80"}
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, record_timing=False
    )
    client.execute(env={**os.environ, **fixed})
    return notebook


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def clean(notebook: NotebookNode) -> NotebookNode:
    """Take out of a notebook what tells when, where and by whom it was run, and make its pictures small."""
    notebook.metadata = NotebookNode(METADATA)
    notebook.nbformat_minor = 5
    for cell in notebook.cells:
        cell.metadata = NotebookNode({"tags": tags(cell)} if tags(cell) else {})
        for output in cell.get("outputs", []):
            output.pop("transient", None)
            if "metadata" in output:
                output.metadata = NotebookNode()
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = base64.b64encode(small(base64.b64decode(output.data["image/png"]))).decode()
    return notebook


def small(picture: bytes) -> bytes:
    """Return a PNG with a palette, a third of the size; a chart has few colours."""
    drawn = (
        Image.open(io.BytesIO(picture))
        .convert("RGB")
        .quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    file = io.BytesIO()
    drawn.save(file, format="PNG", optimize=True)
    return file.getvalue()


def pictures(notebook: NotebookNode) -> dict[str, bytes]:
    """Return the pictures that the README shows, by name."""
    found = {}
    for cell in notebook.cells:
        for name in (tag.removeprefix(PICTURE_TAG) for tag in tags(cell) if tag.startswith(PICTURE_TAG)):
            (output,) = (output for output in cell.outputs if "image/png" in output.get("data", {}))
            found[name] = base64.b64decode(output.data["image/png"])
    return found


def tables(notebook: NotebookNode) -> list[str]:
    """Return what a run says in text: plain text and HTML of each output, not the pictures, which fonts change."""
    said = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            said.append(output.get("text", ""))
            shown = sorted(output.get("data", {}).items())
            said += [text for kind, text in shown if kind in {"text/plain", "text/html"}]
    # A chart's own text names its size in pixels, which fonts change too.
    return [text for text in said if text and not text.startswith("<Figure size")]


def save(path: Path) -> None:
    """Run a notebook and save it, clean, with the README's pictures."""
    notebook = clean(run(load(path), path.parent))
    nbformat.validate(notebook)
    nbformat.write(notebook, path)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures(notebook).items():
        (PICTURES / f"{name}.png").write_bytes(picture)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    for each in NOTEBOOKS:
        save(each)
