"""What 1, 10 and 100 times the size cost, and texts made to be slow: all of it must be linear.

python benchmarks/growth.py [MEGABYTES-OF-ONE-LINE]
"""

from __future__ import annotations

import sys
import time
from itertools import islice
from typing import TYPE_CHECKING, Any

from archives import PLAIN, articles, stories

from energyfacts import Article, crosscheck, extract, parse

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = {
    "digits": "7",
    "digits in threes": "7,777 ",
    "commas": ",",
    "digits and commas": "7,",
    "full stops": ".",
    "one hundred and": "one hundred and ",
    "seratus dan": "seratus dan ",
    "open brackets": "(",
    "closed brackets": ")",
    "dollar signs": "$",
    "minus signs": "-",
    "percent signs": "%",
    "spaces": " ",
    "from 5 to": "from 5 to ",
    "spaced groups": "123 ",
    "units": "5 barrels a day ",
    "lines": "5\n",
    "times": "2x",
    "telephone": "+62 ",
    "qualifiers": "more than about ",
    "months": "May ",
    "years": "2007-",
    "fractions": "1/",
    "5 percent": "5 percent ",
    "exports of 5 tons": "exports of 5 tons ",
    "a story on one line": "",
}
# Bytes. A figure costs extract() more than the characters it is made of, and these texts are nothing but figures.
SIZES = {"parse": (250_000, 500_000, 1_000_000), "extract": (25_000, 50_000, 100_000)}


def fastest(call: Callable[[], Any], times: int = 3) -> float:
    """Return the shortest of a few times: what disturbs makes longer only."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        call()
        found.append(time.perf_counter() - begin)
    return min(found)


def growth() -> None:
    """Print the cost of a kilobyte for longer texts and for more texts."""
    english = "\n\n".join(text for _, lang, text in stories() if lang == "en")
    some = [Article(item["text"], item["lang"], item["story"]) for item in islice(articles(), 16 * 100)]
    print("\n### Growth: ms a kB at 1, 10, 100 times the size\n\n| what | 1 | 10 | 100 |\n|---|---|---|---|")
    for name, read in (("parse", lambda text: parse(text, "en")), ("extract", lambda text: extract(text, "en"))):
        costs = [fastest(lambda: read(english * n)) / len(english) / n * 1e6 for n in (1, 10, 100)]  # noqa: B023
        print(f"| {name}, a text of {len(english) / 1000:.0f} kB | {' | '.join(f'{cost:.3f}' for cost in costs)} |")
    size = sum(len(article.text) for article in some[:16])
    costs = [fastest(lambda: extract(some[: 16 * n])) / size / n * 1e6 for n in (1, 10, 100)]  # noqa: B023
    print(f"| extract, 16 articles | {' | '.join(f'{cost:.3f}' for cost in costs)} |")


def hostile() -> None:
    """Print the time of texts made to be slow; a doubling of the size shall double it."""
    print("\n### Texts made to be slow: seconds, and how many times those for a half and a quarter of it\n")
    print("| text | parse, 1 MB | × a half | × a quarter | extract, 0.1 MB | × a half | × a quarter |")
    print("|---|---|---|---|---|---|---|")
    story = " ".join(next(text for _, lang, text in stories() if lang == "en").split()) + " "
    for name, part in HOSTILE.items():
        cells = []
        for read_as, read in (("parse", parse), ("extract", extract)):
            costs = []
            for size in SIZES[read_as]:
                text = ((part or story) * (size // len(part or story) + 1))[:size]
                costs.append(fastest(lambda: read(text, "en"), 2))  # noqa: B023
            quarter, half, whole = costs
            cells += [f"{whole:.2f}", f"{whole / half:.1f}", f"{whole / quarter:.1f}"]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def comparison() -> None:
    """Print the time of a cross-check of one story in two versions of some 200 figures each."""
    texts = {
        lang: " ".join(f"In year {n} it was {n}.{n % 7} {unit} of coal." for n in range(100, 310))
        for lang, unit in (("en", "million tonnes"), ("id", "juta ton"))
    }
    facts = extract([Article(text, lang, "long") for lang, text in texts.items()])
    seconds = fastest(lambda: crosscheck(facts))
    print(f"\ncrosscheck, one story, {len(facts)} facts in two versions: {seconds:.2f} s", flush=True)


def one_line(megabytes: float) -> None:
    """Print the time of a single very long line, and of a tenth of it."""
    part = " ".join(PLAIN["en"].split()) + " Exports rose to 20 million tonnes in 2025. "
    for name, read in (("parse", parse), ("extract", extract)):
        costs = []
        for size in (megabytes / 10, megabytes):
            text = part * (int(size * 1e6 / len(part)) + 1)
            costs.append(fastest(lambda: read(text, "en"), 1))  # noqa: B023
        print(
            f"\n{name}, one line of {megabytes:.0f} MB: {costs[1]:.1f} s, {costs[1] / costs[0]:.1f} times a tenth of it"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    growth()
    hostile()
    comparison()
    one_line(float((sys.argv[1:] or "5")[0]))
