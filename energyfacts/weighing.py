"""Weights that are told by words for money: "copper output of 5 million pounds"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from energyfacts.units import DURATIONS, is_money, kind

if TYPE_CHECKING:
    from energyfacts.joining import Figure
    from energyfacts.languages import Pack
    from energyfacts.text import Text

PUNCTUATION = frozenset(",;:.")
STEP = re.compile(r"[^\W\d_]+|[,;:.](?=\s)")
# Goods stand at most so many words before the word for how much of them there is ("nickel matte output"), or, the
# word itself counted, among so many from it ("output of refined copper").
GOODS_BEFORE, GOODS_BEHIND = 2, 4


class Weigher:
    """How one language tells weights by words that are also money.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.weights = {row["surface"]: row["unit"] for row in pack.rows("units") if row["place"] == "of goods"}
        self.goods, self.amounts = pack.words("good"), pack.words("amount")
        self.stops, self.apart = pack.words("stop"), pack.words("joint") | pack.words("and") | PUNCTUATION
        # What may lead from an amount to its figure: "copper output rose by", "was".
        self.leading = pack.words("change") | pack.words("bare before") | pack.words("auxiliary")
        self.goes_on = self.leading | self.stops | pack.words("and") | {","}

    def weigh(self, text: Text, figures: list[Figure], start: int) -> None:
        """Make money a weight where goods and how much of them lead to it, in a sentence that begins at ``start``."""
        if self.goods.isdisjoint(text.vocabulary) or self.weights.keys().isdisjoint(text.vocabulary):
            return
        weighed = False
        for figure in figures:
            words = STEP.findall(text.folded, start, figure.start)
            behind = self.behind_weighed(words)
            weighed = self.leads(behind) if behind is not None else weighed and self.goes_on.issuperset(words)
            weight = self.weights.get(text.tokens_at[figure.number.end + 1])
            above, _, below = figure.unit.partition("/")
            of_time = not below or kind(below) in DURATIONS
            if weighed and weight is not None and of_time and not figure.money and is_money(above):
                figure.unit = f"{weight}/{below}" if below else weight
            start = figure.end

    def behind_weighed(self, words: list[str]) -> list[str] | None:
        """Return the words behind "copper output" or "output of copper", None where neither is among them."""
        for place in reversed(range(len(words))):
            if words[place] in self.amounts:
                start = max(0, place - GOODS_BEFORE)
                goods = words[start : place + GOODS_BEHIND]
                ends = [index for index, word in enumerate(goods, start) if word in self.goods]
                return words[max(*ends, place) + 1 :] if ends else None
        return None

    def leads(self, behind: list[str]) -> bool:
        """Return whether what stands behind "copper output" leads from it to a figure: "at the mine rose by"."""
        if not behind:
            return True
        begins = behind[0] in self.leading or behind[0] in self.stops
        return begins and behind[-1] in self.leading and self.apart.isdisjoint(behind)
