"""The main job, shown: the facts and the cross-check of each story in the terminal, tables and charts in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from energyfacts import tables
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from energyfacts.articles import Article

DOTS_PER_INCH = 150


def stories() -> Path:
    """Return the folder of the stories that come with the repository, wherever in it the caller works.

    Returns
    -------
    Path
        ``data/articles`` of the working folder or one above it, such as of ``notebooks``, else of the checkout that
        is installed.

    Raises
    ------
    EnergyFactsError
        There is none.

    Examples
    --------
    >>> stories().parts[-2:]
    ('data', 'articles')
    """
    here = Path.cwd()
    for root in (here, *here.parents, Path(__file__).resolve().parents[1]):
        folder = root / "data" / "articles"
        if folder.is_dir():
            return folder
    raise EnergyFactsError(
        f"There is no folder data/articles in {Path.cwd()}; give the folder of your stories: energyfacts demo FOLDER."
    )


def shown(articles: Sequence[Article], facts: pd.DataFrame, table: pd.DataFrame, width: int) -> str:
    """Return what the terminal shows: for each story its facts and its cross-check, then the summary of all.

    Parameters
    ----------
    articles : sequence of Article
    facts, table : DataFrame
        The facts of the articles, and their cross-check.
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    from energyfacts.comparison import summary

    blocks = []
    for story in dict.fromkeys(article.story or "" for article in articles):
        versions = [article for article in articles if (article.story or "") == story]
        blocks.append(_heading(story, versions, width))
        for part, lay_out in ((facts, tables.facts_text), (table, tables.crosscheck_text)):
            rows = part[part["story"] == story]
            if len(rows):
                # The story's name stands in the heading already.
                blocks.append(lay_out(rows, width).partition("\n")[2])
    if len(table):
        blocks.append(f"{_line('all stories', width)}\n{tables.plain_text(summary(table), width)}")
    return "\n\n".join(blocks) + "\n\n"


def _line(name: str, width: int) -> str:
    return f"── {name} ".ljust(width, "─")


def _heading(story: str, versions: Sequence[Article], width: int) -> str:
    lines = [_line(story, width)]
    for article in versions:
        about = [article.title or article.id, article.publisher or "", str(article.published or "")]
        lines.append(f"{article.lang}  " + ", ".join(part for part in about if part))
    return "\n".join(lines)


def make_folder(folder: Path) -> None:
    """Make the folder for tables and charts, or say in an `EnergyFactsError` why it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnergyFactsError(f"The folder {folder} cannot be made ({error.strerror}); choose another.") from error


def written(articles: Sequence[Article], facts: pd.DataFrame, table: pd.DataFrame, folder: Path) -> str:
    """Write ``facts.csv``, ``crosscheck.csv`` and the charts into a folder, and return the lines that name them.

    Raises
    ------
    EnergyFactsError
        The folder cannot be written to.
    """
    import matplotlib as mpl

    # A window is wanted by no one here, and a machine without a screen could not open one.
    mpl.use("Agg")
    from energyfacts import charts

    names = ["facts.csv", "crosscheck.csv"]
    tables.write(facts, folder / names[0])
    tables.write(table, folder / names[1])
    for story, claims in table.groupby("story", sort=False):
        own = [article for article in articles if article.story == story]
        name = f"{_file_name(str(story))}.png"
        _save(charts.versions(claims, facts, source=own), folder / name)
        names.append(name)
    if len(table):
        _save(charts.agreement(table, source=articles), folder / "agreement.png")
        names.append("agreement.png")
    return "".join(f"{folder / name}\n" for name in names)


def _file_name(story: str) -> str:
    # A story of a folder in the folder has "/" in its name.
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in story)


def _save(axes: Axes, path: Path) -> None:
    from matplotlib import pyplot as plt

    figure = axes.get_figure(root=True)
    if figure is None:
        return
    with tables.whole_file(path) as draft:
        figure.savefig(draft, dpi=DOTS_PER_INCH)
    plt.close(figure)
