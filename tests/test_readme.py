"""The README: its Python is run, its commands print what it says, its links lead somewhere."""

import doctest
import re

import pytest
from readme_text import README, ROOT, blocks, in_order, printed, renewed, sessions

TEXT = README.read_text(encoding="utf-8")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def test_its_python_gives_what_it_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    said: list[str] = []
    for number, block in enumerate(blocks(TEXT, "python"), start=1):
        test = doctest.DocTestParser().get_doctest(block, names, f"block {number} of README.md", None, None)
        assert test.examples
        test.globs = names
        runner.run(test, out=said.append, clear_globs=False)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


@pytest.mark.parametrize(("command", "said"), sessions(TEXT), ids=[command for command, _ in sessions(TEXT)])
def test_its_commands_print_what_it_says(command, said):
    output = printed(command)
    assert in_order(said, output), f"run make notebooks, and look at what changed:\n{output}"


IN_ORDER = [
    ("a\nb", "a\nb\n", True),
    ("a\nb", "a\nb\nc\n", False),
    ("a\n…\nc", "a\nb\nc\n", True),
    ("a\n…", "a\nb\nc\n", True),
    ("…\nb\nc\n…", "a\nb\nc\nd\n", True),
    ("…\nb\nd", "a\nb\nc\nd\n", False),
    ("c\n…\na\n…", "a\nb\nc\n", False),
]


@pytest.mark.parametrize(("said", "output", "right"), IN_ORDER)
def test_output_is_compared_line_by_line(said, output, right):
    assert in_order(said, output) is right


def test_what_a_command_prints_is_renewed():
    stale = "```console\n$ echo one\ntwo\n$ echo three\n```\n"
    assert renewed(stale) == "```console\n$ echo one\none\n$ echo three\nthree\n```\n"


def test_what_fails_is_not_written_into_the_readme():
    said = "```console\n$ echo Traceback\nas it was\n```\n"
    assert renewed(said) == said


def test_its_links_and_pictures_lead_somewhere():
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", TEXT) if not target.startswith("http")]
    assert "ARCHITECTURE.md" in targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_two_commands_stand_first_and_make_knows_them():
    first, *_ = blocks(TEXT, "sh")
    named = re.findall(r"^make (\w+)", first, re.MULTILINE)
    assert named == ["demo", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in {*named, *re.findall(r"`make (\w+)`", TEXT)}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_it_has_the_headings_a_reader_looks_for():
    found = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    wanted = ["Data", "Method", "How good", "Limits", "Bad input", "Reproduce", "Licence"]
    assert [heading for heading in found if heading in wanted] == wanted
