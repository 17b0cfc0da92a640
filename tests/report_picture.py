"""The README's picture of a report: what Chromium shows of it at first (``make notebooks``)."""

import tempfile
from pathlib import Path

import browser
import matplotlib as mpl
from saved_notebooks import PICTURES, small

from energyfacts import crosscheck, extract, read, report

STORIES = browser.ROOT / "data" / "articles"
PICTURE = PICTURES / "report.png"


def picture() -> bytes:
    """Return the upper part of the report on the stories of the repository, as a small PNG."""
    mpl.use("Agg")
    articles = read(STORIES)
    facts = extract(articles)
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as started:
        path = Path(folder) / "report.html"
        report.write(articles, facts, crosscheck(facts), path)
        tab = started.new_page(viewport={"width": 1200, "height": 860}, color_scheme="light")
        tab.goto(path.as_uri())
        return small(tab.screenshot())


if __name__ == "__main__":
    PICTURE.write_bytes(picture())
    print(f"{PICTURE.relative_to(browser.ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")
