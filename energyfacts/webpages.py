"""The main text of a web page, and what its head says of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# What the reader of an article does not read.
SKIPPED = frozenset(
    ("aside", "button", "footer", "form", "iframe", "nav", "noscript", "script", "select", "style", "svg", "template")
)
# Every other element ends a paragraph.
INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd"),
        *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    }
)
# To HTML a comment (such as "<![if mso]>"), to the standard library's parser a failed assertion.
MARKED_SECTION = re.compile(r"<!\[[^>]*(?:>|\Z)")
META = {
    "og:title": "title",
    "og:site_name": "publisher",
    "og:url": "url",
    "article:published_time": "published",
    "datepublished": "published",
    "date": "published",
}


def read_page(page: str) -> dict[str, str]:
    """Return the fields of an article from its page: ``text``, and those that the page's head gives.

    The main text is trafilatura's where that is installed, else the paragraphs inside ``<article>`` or ``<main>``, else
    all paragraphs outside navigation, scripts and forms.

    Parameters
    ----------
    page : str
        HTML.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> read_page("<title>Oil</title><nav>Home</nav><article><p>Exports rose.</p></article>")["title"]
    'Oil'
    """
    paragraphs = _Page()
    paragraphs.feed(MARKED_SECTION.sub("", page))
    paragraphs.close()
    return {**paragraphs.fields, "text": _main_text(page) or paragraphs.text()}


def _main_text(page: str) -> str:
    try:
        import trafilatura
    except ImportError:
        return ""
    text = trafilatura.extract(page, include_comments=False)
    return text if isinstance(text, str) else ""


class _Page(HTMLParser):
    """Collects the paragraphs of a page and the fields of its head."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._skipping = 0
        self._in_title = False
        self._in_article = 0
        self._line: list[str] = []
        self._paragraphs: list[tuple[bool, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            self._read_meta({name: value or "" for name, value in attrs})
        elif tag == "title":
            self._in_title = not self._skipping
        elif tag in SKIPPED:
            self._skipping += 1
        elif tag in ("td", "th"):
            self._line.append(" ")
        elif tag not in INLINE:
            self._end_paragraph()
            self._in_article += tag in ("article", "main")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag not in INLINE and tag not in ("td", "th"):
            self._end_paragraph()
            if tag in ("article", "main"):
                self._in_article = max(0, self._in_article - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.fields.setdefault("title", " ".join(data.split()))
        elif not self._skipping:
            self._line.append(data)

    def close(self) -> None:
        super().close()
        self._end_paragraph()

    def text(self) -> str:
        """Return the paragraphs inside ``<article>`` or ``<main>`` where the page has them, else all."""
        inside = [paragraph for in_article, paragraph in self._paragraphs if in_article]
        return "\n".join(inside or [paragraph for _, paragraph in self._paragraphs])

    def _end_paragraph(self) -> None:
        paragraph = " ".join("".join(self._line).split())
        self._line.clear()
        if paragraph:
            self._paragraphs.append((self._in_article > 0, paragraph))

    def _read_meta(self, attributes: dict[str, str]) -> None:
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        field, value = META.get(key.lower()), attributes.get("content", "").strip()
        if field == "published":
            # Pages write dates in many ways; only one that cannot be misread is taken.
            value = value[:10] if re.match(r"\d{4}-\d{2}-\d{2}", value) else ""
        if field and value:
            self.fields[field] = value
