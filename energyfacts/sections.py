"""The body of a page, and what the page puts under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from energyfacts.languages import Pack

BODY, RELATED = "body", "related"
LINE = re.compile(r"[^\n]+")
# A full sentence ends so; a headline does not.
FULL_STOP = re.compile(r"[.!?][\"'”’)]*\s*$")


def teaser_heads(pack: Pack) -> dict[str, str]:
    """Return the lines that head teasers, each with its role."""
    return {row["surface"]: row["role"] for row in pack.rows("cues") if row["role"].startswith(RELATED)}


def related_spans(text: str, pack: Pack) -> list[tuple[int, int]]:
    r"""Return the stretches of a page that are other stories' teasers.

    A line such as "Read next" ends the article: all below it is related. A line such as "Baca juga:"
    stands inside it: the headlines below are related, up to the next full sentence.

    Parameters
    ----------
    text : str
        The page's text.
    pack : Pack
        Its language; the lines that head teasers have the roles ``related rest`` and ``related inline``.

    Examples
    --------
    >>> from energyfacts.languages import load
    >>> page = "Output rose to 2 mb/d.\n\nRead next\n\nExports fell 5 percent."
    >>> [page[start:end] for start, end in related_spans(page, load("en"))]
    ['Exports fell 5 percent.']
    """
    heads = pack.compiled(teaser_heads, pack)
    spans: list[tuple[int, int]] = []
    inline = False
    for line in LINE.finditer(text):
        folded = line[0].strip().lower()
        role = heads.get(folded.rstrip(":").rstrip(), "")
        if role.endswith("rest") and text[: line.start()].strip():
            rest = LINE.search(text, line.end())
            return [*spans, (rest.start(), len(text))] if rest else spans
        if role:
            inline = True
        elif inline and not FULL_STOP.search(line[0]):
            spans.append(line.span())
        else:
            head, colon, tail = folded.partition(":")
            if colon and tail and heads.get(head, "").endswith("inline"):
                spans.append(line.span())
            inline = inline and not folded
    return spans
