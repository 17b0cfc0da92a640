"""Generated archives: the stories of ``data/articles``, each copy with figures of its own, between plain paragraphs.

python benchmarks/archives.py FILE.jsonl[.gz] MEGABYTES [PLAIN-PARAGRAPHS]
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "data" / "articles"


# What most of a newspaper is: sentences without figures. Our own words.
PLAIN = {
    "en": (
        "Officials said the talks had been friendly and that both sides wanted to go on with them. Traders had waited "
        "for the announcement, and several of them called it a step in the right direction. Analysts warned that the "
        "market would need time to find its balance, since refiners, shippers and governments want different things. "
        "The ministry did not answer questions about the cost of the plan. Environmental groups asked for a debate in "
        "parliament before any contract is signed, while the companies said that the work would begin soon.\n\n"
    ),
    "id": (
        "Para pejabat mengatakan pembicaraan berlangsung akrab dan kedua pihak ingin melanjutkannya. Para pedagang "
        "telah menunggu pengumuman itu, dan beberapa di antaranya menyebutnya langkah ke arah yang benar. Para analis "
        "mengingatkan bahwa pasar memerlukan waktu untuk menemukan keseimbangan, sebab kilang, pelayaran, dan negara "
        "menginginkan hal yang berbeda. Kementerian tidak menjawab pertanyaan tentang biaya rencana itu. Kelompok "
        "lingkungan meminta perdebatan di parlemen sebelum kontrak ditandatangani.\n\n"
    ),
}


def stories() -> list[tuple[str, str, str]]:
    """Return the name, the language and the text of each version in ``data/articles``."""
    paths = sorted(STORIES.glob("*.*.txt"))
    return [(*path.name.split(".")[:2], path.read_text(encoding="utf-8")) for path in paths]  # type: ignore[misc]


def articles(seed: int = 0, plain: int = 0) -> Iterator[dict[str, str]]:
    """Yield articles without end: whole stories with other digits in each copy, the same for the same seed.

    `plain` paragraphs without figures follow each, as in newspapers, where figures are rarer than in our stories.
    """
    chance = random.Random(seed)
    versions = stories()
    number = 0
    while True:
        for name, lang, text in versions:
            yield {
                "story": f"{name}-{number}",
                "lang": lang,
                "published": f"{2000 + number % 25}-{1 + number % 12:02}-15",
                "text": with_other_digits(text, chance) + "\n\n" * bool(plain) + PLAIN[lang] * plain,
            }
        number += 1


def with_other_digits(text: str, chance: random.Random) -> str:
    """Change the digits behind the first of each number, save in years, so that no two copies are equal."""
    return re.sub(
        r"(?<![\d.,])(?!(?:19|20)\d\d\b)(\d)(\d+)",
        lambda match: match[1] + "".join(chance.choice("0123456789") for _ in match[2]),
        text,
    )


def write(path: Path, size: int, seed: int = 0, plain: int = 0) -> int:
    """Write a JSON Lines archive of so many bytes (before compression); return the number of its articles."""
    count = written = 0
    with cast("IO[bytes]", gzip.open(path, "wb", 1) if path.suffix == ".gz" else path.open("wb")) as file:
        for article in articles(seed, plain):
            line = json.dumps(article, ensure_ascii=False).encode() + b"\n"
            file.write(line)
            written += len(line)
            count += 1
            if written >= size:
                return count
    return count


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(float(sys.argv[2]) * 1e6), plain=int((sys.argv[3:] or "0")[0])), "articles")
