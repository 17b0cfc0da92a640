"""The command ``energyfacts``: arguments in, tables and an exit status out."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from energyfacts import __version__
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from energyfacts.articles import Article

SAME, DIFFERENT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

EXAMPLES = """\
examples:
  energyfacts facts visit.en.txt                      the figures of one article, as a table
  energyfacts facts stories/ --out facts.csv          those of a folder, into a file (.csv, .jsonl or .parquet)
  cat visit.txt | energyfacts facts --lang en | head  text from a pipe; a pipe gets CSV
  energyfacts facts archive.jsonl.gz --out facts      any number of articles, into a folder of Parquet files
  energyfacts crosscheck visit.en.txt visit.id.txt    where two versions agree, differ or leave a figure out
  energyfacts report stories/ --out report.html       all of that in one page for a browser, without a network
  energyfacts demo                                    the stories that come with the package, with charts

files are named <story>.<language>.txt (or .md, .html, .jsonl, .csv, .parquet, also .gz, .bz2, .xz, .zst).
exit status: 0 done; 1 versions differ (crosscheck); 2 something could not be used (what could, is in the table).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the command's name; by default those of the process.

    Returns
    -------
    int
        0; 1 where versions differ (``crosscheck``); 2 for bad input, also where it was only part of the input.

    Examples
    --------
    >>> main(["facts", "no-such-file.en.txt", "--out", "facts.csv"])
    2
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that lacks a character shows its code instead of stopping the command.
            stream.reconfigure(errors="backslashreplace")
    try:
        given = parser().parse_args(arguments)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else BAD_INPUT
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except EnergyFactsError as error:
        complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("ENERGYFACTS_DEBUG"):
            raise
        kind = type(error).__name__
        complain(f"This is a mistake of energyfacts ({kind}: {error}); please report it with what you gave it.")
    return BAD_INPUT


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    command = argparse.ArgumentParser(
        prog="energyfacts",
        description="Read the figures out of energy news, and compare the language versions of a story.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--version", action="version", version=f"energyfacts {__version__}")
    tasks = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    file_help = "write a file: .csv, .jsonl or .parquet"
    for name, run, help_text, out_help in (
        ("facts", facts_task, "print or write every figure, one a row", f"{file_help}; or a folder, for an archive"),
        ("crosscheck", crosscheck_task, "compare the versions of each story", file_help),
    ):
        task = _add_task(tasks, name, help_text)
        task.set_defaults(run=run)
        task.add_argument("paths", metavar="PATH", nargs="*", help="files and folders; '-' or nothing: standard input")
        task.add_argument("--out", metavar="FILE", type=Path, help=out_help)
        task.add_argument("--lang", metavar="TAG", help="language of the articles that do not say theirs: en, id")
        task.add_argument(
            "--format",
            choices=("table", "csv", "jsonl"),
            help="of what is printed; by default table in a terminal, csv in a pipe",
        )
        if name == "facts":
            _add_archive_arguments(task)
    _add_report(tasks)
    task = _add_task(tasks, "demo", "show the main job on the stories that come with the package")
    task.set_defaults(run=demo_task)
    task.add_argument("paths", metavar="PATH", nargs="*", help="other stories")
    task.add_argument("--out", metavar="FOLDER", type=Path, default=Path("out"), help="for tables and charts ('out')")
    task.add_argument("--lang", metavar="TAG", help=argparse.SUPPRESS)
    return command


def _add_task(
    tasks: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str
) -> argparse.ArgumentParser:
    return tasks.add_parser(
        name,
        help=help_text,
        description=help_text[0].upper() + help_text[1:] + ".",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_report(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "write a page for a browser: summary, differences, charts, both texts, every figure"
    task = _add_task(tasks, "report", about)
    task.set_defaults(run=report_task)
    task.add_argument("paths", metavar="PATH", nargs="*", help="files and folders; '-' or nothing: standard input")
    task.add_argument("--out", metavar="FILE", type=Path, default=Path("report.html"), help="the page ('report.html')")
    task.add_argument("--lang", metavar="TAG", help="language of the articles that do not say theirs: en, id")
    task.add_argument("--page-lang", metavar="TAG", default="en", help="language of the page: en, id ('en')")


def _add_archive_arguments(task: argparse.ArgumentParser) -> None:
    archive = task.add_argument_group("archives", "with --out FOLDER: Parquet, on all cores; run again to go on")
    archive.add_argument(
        "--workers", metavar="NUMBER", type=positive_number, help="processes; by default one for each core"
    )
    archive.add_argument("--scheduler", metavar="ADDRESS", help="let the workers of this Dask scheduler do the work")


def positive_number(text: str) -> int:
    """Return a number of workers, or raise ValueError, which argparse turns into its own message."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def complain(message: str) -> None:
    """Say on standard error what could not be done: one line each."""
    for line in message.splitlines():
        print(f"energyfacts: {line}", file=sys.stderr)


def facts_task(given: argparse.Namespace) -> int:
    """Do ``energyfacts facts``."""
    if given.out and _is_for_archive(given.out):
        return archive_task(given)
    if given.out:
        _check_target(given.out)
    articles, broken = read_articles(given.paths, given.lang)
    if broken and not articles:
        return BAD_INPUT
    facts = _extracted(articles)
    deliver(facts, given, "facts")
    return BAD_INPUT if broken else SAME


def _is_for_archive(out: Path) -> bool:
    from energyfacts import tables

    return out.suffix.lower() not in tables.WRITERS and (out.is_dir() or not out.suffix)


def archive_task(given: argparse.Namespace) -> int:
    """Do ``energyfacts facts ARCHIVE --out FOLDER``."""
    from energyfacts import archive

    if not given.paths or "-" in given.paths:
        raise EnergyFactsError(
            "An archive is read from files, so that it can be taken up again; name files or folders."
        )
    done = archive.write_facts(given.paths, given.out, given.lang, given.workers, given.scheduler)
    counts = f"{done.facts:,} facts of {done.articles:,} articles are in {done.folder}"
    errors = f"; {done.errors:,} errors are in {done.folder / archive.ERRORS}" if done.errors else ""
    print(f"energyfacts: {counts}{errors}", file=sys.stderr)
    return BAD_INPUT if done.errors else SAME


def crosscheck_task(given: argparse.Namespace) -> int:
    """Do ``energyfacts crosscheck``."""
    if given.out:
        _check_target(given.out)
    articles, broken = read_articles(given.paths, given.lang)
    if broken and not articles:
        return BAD_INPUT
    table, compared = _compared(articles, _extracted(articles))
    deliver(table, given, "claims")
    if broken or not compared:
        return BAD_INPUT
    return DIFFERENT if (table["status"] == "differs").any() else SAME


def report_task(given: argparse.Namespace) -> int:
    """Do ``energyfacts report``."""
    from energyfacts import labels, report

    report.check_target(given.out)
    labels.texts(given.page_lang)
    articles, broken = read_articles(given.paths, given.lang)
    if not articles:
        return BAD_INPUT
    import matplotlib as mpl

    from energyfacts.comparison import crosscheck

    # A window is wanted by no one here, and a machine without a screen could not open one.
    mpl.use("Agg")
    facts = _extracted(articles)
    report.write(articles, facts, crosscheck(facts), given.out, given.page_lang)
    print(f"energyfacts: a report of {len(facts)} figures written to {given.out}", file=sys.stderr)
    return BAD_INPUT if broken else SAME


def read_articles(paths: Sequence[str], lang: str | None) -> tuple[list[Article], bool]:
    """Return the articles of the paths, and whether something among them could not be used; that is complained of."""
    from energyfacts import articles

    faults: list[EnergyFactsError] = []

    def report(error: EnergyFactsError) -> None:
        faults.append(error)
        complain(str(error))

    found = articles.read([path for path in paths if path != "-"], lang, report)
    if "-" in paths or not paths:
        found += articles.read_bytes(_standard_input(), "standard input", lang, report)
    return found, bool(faults)


def _standard_input() -> bytes:
    stream = sys.stdin
    if stream is None or stream.isatty():
        raise EnergyFactsError("There is nothing to read; name a file or a folder, or pipe a text into the command.")
    return stream.buffer.read()


def _check_target(path: Path) -> None:
    from energyfacts import tables

    tables.check_target(path)


def _extracted(articles: Sequence[Article]) -> pd.DataFrame:
    from energyfacts.facts import extract

    return extract(articles)


def _compared(articles: Sequence[Article], facts: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Return the cross-check of the stories that have several versions, and whether there is any such story."""
    from energyfacts.comparison import crosscheck

    languages: dict[str, set[str]] = {}
    for article in articles:
        languages.setdefault(article.story or "", set()).add(article.lang or "")
    several = {story for story, tags in languages.items() if len(tags) > 1}
    for story, tags in languages.items():
        if story not in several:
            complain(
                f"The story '{story}' has one version only ({min(tags)}); give its versions in other languages too."
            )
    with_facts = set(zip(facts["story"], facts["lang"], strict=True))
    for story, tag in sorted((name, tag) for name in several for tag in languages[name]):
        if (story, tag) not in with_facts:
            complain(
                f"The version {tag} of the story '{story}' holds no figure to compare; check that its text is whole."
            )
    return crosscheck(facts), bool(several)


def deliver(table: pd.DataFrame, given: argparse.Namespace, things: str) -> None:
    """Write a table to the file asked for, or print it as asked for."""
    from energyfacts import tables

    if given.out:
        tables.write(table, given.out)
        print(f"energyfacts: {len(table)} {things} written to {given.out}", file=sys.stderr)
        return
    form = given.format or ("table" if sys.stdout.isatty() else "csv")
    if form != "table" and hasattr(sys.stdout, "reconfigure"):
        # What another program reads is UTF-8, whatever this machine's terminal is set to.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    if form == "csv":
        put(tables.to_csv(table))
    elif form == "jsonl":
        put(tables.to_json_lines(table))
    elif things == "facts":
        put(tables.facts_text(table, _width()) + "\n")
    else:
        put(tables.crosscheck_text(table, _width()) + "\n")


def put(text: str) -> None:
    """Print; that the reader of a pipe has gone is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more when it ends, which would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _width() -> int:
    return max(100, min(160, shutil.get_terminal_size((150, 40)).columns))


def demo_task(given: argparse.Namespace) -> int:
    """Do ``energyfacts demo``."""
    from energyfacts import demo

    # First, so that nobody waits for results that find no place.
    demo.make_folder(given.out)
    articles, broken = read_articles(given.paths or [str(demo.stories())], given.lang)
    if not articles:
        return BAD_INPUT
    facts = _extracted(articles)
    table, _ = _compared(articles, facts)
    put(demo.shown(articles, facts, table, _width()))
    put(demo.written(articles, facts, table, given.out))
    return BAD_INPUT if broken else SAME


if __name__ == "__main__":
    sys.exit(main())
