"""How many times as fast as quantulum3, on the same texts, interleaved in one run; where the time goes.

    python benchmarks/speed.py [RUNS]

quantulum3 runs as it is installed by default, without scikit-learn: beside today's scikit-learn its classifier cannot
be loaded, and it would stop with an error instead of reading.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import statistics
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archives import articles, stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

sys.modules["sklearn"] = None  # type: ignore[assignment]

from quantulum3 import parser  # noqa: E402

from energyfacts import Article, extract, parse  # noqa: E402
from energyfacts.facts import fact_rows  # noqa: E402

DIGIT = re.compile(r"\d")
# Seconds that each reader has in its turn; quantulum3 needs them for the shortest set.
TURN = 0.3
TURNS = ", turn by turn"


def seconds(call: Callable[[], Any]) -> float:
    """Return how long a call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def in_turn(call: Callable[[], Any]) -> float:
    """Return how long a call takes, made again and again for the length of a turn."""
    spent, calls = 0.0, 0
    while spent < TURN:
        spent += seconds(call)
        calls += 1
    return spent / calls


def readers(lang: str) -> dict[str, Callable[[str], Any]]:
    """Return what reads a text, by name."""
    return {
        "quantulum3": parser.parse,
        "parse": lambda text: parse(text, lang),
        "extract": lambda text: extract(Article(text, lang)),
        "floor": lambda text: sum(1 for _ in DIGIT.finditer(text)),
    }


def rounds(texts: list[str], lang: str, runs: int) -> list[dict[str, float]]:
    """Return the time of each reader over all texts, run by run.

    The readers take turns of about the same length at all the texts, as an archive is read; then they take turns at
    each text (``…, turn by turn``), where each finds the processor's caches full of another's work.
    """
    named = readers(lang)
    for read in named.values():
        # What is loaded when first needed.
        read(texts[0])
    every = [Article(text, lang) for text in texts]
    times = []
    for _ in range(runs):
        total = {name: in_turn(lambda read=read: [read(text) for text in texts]) for name, read in named.items()}  # type: ignore[misc]
        total["extract, all at once"] = in_turn(lambda: extract(every))
        total |= dict.fromkeys([f"{name}{TURNS}" for name in named], 0.0)
        for text in texts:
            for name, read in named.items():
                total[f"{name}{TURNS}"] += seconds(lambda read=read, text=text: read(text))  # type: ignore[misc]
        times.append(total)
    return times


def report(title: str, texts: list[str], times: list[dict[str, float]]) -> None:
    """Print a table of times and of ratios with their minimum and maximum over the runs."""
    kilobytes = sum(len(text.encode()) for text in texts) / 1000
    print(f"\n### {title}: {len(texts)} texts, {kilobytes:.0f} kB, {len(times)} runs\n")
    print("| reader | ms a call | ms a kB | times as fast as quantulum3 (minimum–maximum over runs) |")
    print("|---|---|---|---|")
    for name in times[0]:
        middle = statistics.median(run[name] for run in times)
        base = f"quantulum3{TURNS}" if name.endswith(TURNS) else "quantulum3"
        ratios = [run[base] / run[name] for run in times]
        shown = f"{statistics.median(ratios):.0f} ({min(ratios):.0f}–{max(ratios):.0f})"
        print(f"| {name} | {middle / len(texts) * 1e3:.3f} | {middle / kilobytes * 1e3:.4f} | {shown} |")


def profile(texts: Iterable[Article]) -> None:
    """Print in which modules the time of `extract` is spent, in percent of it."""
    given = list(texts)
    watched = cProfile.Profile()
    watched.runcall(lambda: [list(fact_rows(article)) for article in given])
    own: dict[str, float] = {}
    for (file, _, name), row in pstats.Stats(watched).stats.items():  # type: ignore[attr-defined]
        path = Path(file)
        module = "/".join(path.parts[path.parts.index("energyfacts") + 1 :]) if "energyfacts" in path.parts else name
        own[module] = own.get(module, 0) + row[2]
    total = sum(own.values())
    print("\n### Where the time of extract() goes (own time, under the profiler)\n\n| module or function | percent |")
    print("|---|---|")
    for module, spent in sorted(own.items(), key=lambda item: -item[1])[:14]:
        print(f"| `{module.strip('<>')}` | {spent / total * 100:.0f} |")


def main(runs: int) -> None:
    """Print everything."""
    generated = list(islice(articles(plain=4), 160))
    for lang, language in (("en", "English"), ("id", "Indonesian")):
        own = [text for _, tag, text in stories() if tag == lang]
        report(f"{language}, the stories of data/articles", own, rounds(own, lang, runs))
        texts = [article["text"] for article in generated if article["lang"] == lang]
        report(f"{language}, a generated archive", texts, rounds(texts, lang, max(2, runs // 2)))
    profile(Article(article["text"], article["lang"]) for article in generated)


if __name__ == "__main__":
    main(int((sys.argv[1:] or "7")[0]))
