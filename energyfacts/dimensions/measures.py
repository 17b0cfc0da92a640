"""Level, change or share, and the direction of a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from energyfacts.codelists import NOT_APPLICABLE
from energyfacts.dimensions.mentions import ONLY_BEHIND, Mention, mentions
from energyfacts.dimensions.units import SMALL_MONEY
from energyfacts.joining import LARGEST_RANGE

if TYPE_CHECKING:
    from energyfacts.dimensions.figures import Place, Sentence
    from energyfacts.dimensions.mentions import Lexicon
    from energyfacts.languages import Pack
    from energyfacts.languages.phrases import Match
    from energyfacts.text import Text

LEVEL, CHANGE, SHARE = "level", "change", "share"
INCREASE = "increase"
# Of these a ratio is the level itself, whatever stands near: an inflation of 5 percent.
RATIO_LEVELS = frozenset({"inflation", "interest_rate", "growth"})
# Between a word of change and the figure that is its size, or that it leads to, stand at most so many characters.
NEAR = 30
# … and so many where a word such as "by" says that a size follows.
FAR = 60
# So near to the next figure a word of change is that one's.
NEXT_FIGURE = 14
# A word of change with such a note says it of the figure before it: "42 ringgit higher at 3,518".
BEHIND = ("behind", ONLY_BEHIND)
# … with this one, only of a figure that nothing but a word of size parts from it.
CLOSE = "close"
# … with this one, of a sum right behind it, that someone got it.
OF_MONEY = "money"
WORD = re.compile(r"[^\W\d_]+")
GAP_BREAK = re.compile(r"[,;:.](?!\d)")


class Measure(NamedTuple):
    """Level, change or share; and ``increase``, ``decrease`` or ``_Z``."""

    measure: str
    direction: str = NOT_APPLICABLE


class MeasureReader:
    """How one language says level, change and share.

    Parameters
    ----------
    pack : Pack
        The language.
    lexicon : Lexicon
        Its words.
    """

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self.changes = lexicon.cue("increase", "decrease")
        self.grown = lexicon.surfaces("grown")
        self.shares = lexicon.cue("share")
        self.reached = lexicon.cue("reach")
        self.sizes = lexicon.cue("size")
        self.plus_minus = pack.role("plus minus")
        self.dull = pack.words("stop") | pack.words("verb")
        # Where a language needs no word for "of", the noun itself may follow: "80 persen minyak".
        self.partitives = lexicon.surfaces("partitive")
        self.joints, self.passives = pack.words("and"), lexicon.surfaces("passive")
        self.clauses = lexicon.cue("clause")
        self.tos = pack.role("to")
        self.to_words = pack.words("to") | pack.words("to figure")
        self.tos_right_before = pack.role("to figure")
        self.froms = lexicon.cue("earlier")
        self.of = lexicon.cue("share after")

    def set(self, sentence: Sentence) -> None:
        """Set the measure and direction of a sentence's figures, given their flows; a part of a firm stays a share."""
        last = Measure(LEVEL)
        for k, (place, about) in enumerate(zip(sentence.figures, sentence.about, strict=True)):
            if about.measure == SHARE:
                last = Measure(SHARE)
                continue
            again = place.again and last.measure == CHANGE
            previous = last if again or (k and sentence.figures[k - 1].unit_class == place.unit_class) else None
            is_ratio = place.unit_class in ("ratio", "number")
            if is_ratio:
                last = self.read_ratio(sentence, place, about.flow, previous)
            elif not again:
                last = self.change_near(sentence, place) or Measure(CHANGE if place.unit_class == "step" else LEVEL)
            # "To grow 6.3 percent in 2007 and 6.5 percent in 2008."
            lists = previous is not None and not again and (not is_ratio or about.flow == "growth")
            if last.measure == LEVEL and lists and self.is_listed(sentence, sentence.figures[k - 1], place):
                last = previous or last
            about.measure, about.direction = last
            if k and self.is_size_behind(sentence, k):
                before = sentence.about[k - 1]
                before.measure, before.direction = last
            while last.measure == SHARE and k and self.is_enumerated(sentence, k):
                k -= 1
                sentence.about[k].measure = SHARE

    def is_size_behind(self, sentence: Sentence, k: int) -> bool:
        """Return whether a change said behind a figure is also the one before it: "0.3 percent or 21 points higher"."""
        before, about = sentence.about[k - 1], sentence.about[k]
        if before.measure != LEVEL or before.flow in RATIO_LEVELS or about.measure != CHANGE:
            return False
        behind = self.change_behind(sentence, sentence.figures[k])
        return sentence.figures[k].again and behind is not None and behind.note != ONLY_BEHIND

    def is_enumerated(self, sentence: Sentence, k: int) -> bool:
        """Return whether a share ends a list with the figure before it: "45.7, 39.1 and 13.6 percent of the market"."""
        first, second, about = sentence.figures[k - 1], sentence.figures[k], sentence.about[k - 1]
        if not first.unit_class == second.unit_class == "ratio" or about.measure != LEVEL or about.flow in RATIO_LEVELS:
            return False
        if not first.quantity.text[-1].isdigit():
            return False  # what says its own "percent" need be no part: "unemployment of 6 percent, 40 percent of them"
        joint = sentence.text.folded[first.end : second.start].strip(" ,")
        return not joint or joint in self.joints

    def is_listed(self, sentence: Sentence, first: Place, second: Place) -> bool:
        """Return whether nothing between two figures of one unit ends an enumeration: no verb, no stop of a clause."""
        text = sentence.text
        gap = text.folded[first.end : second.start]
        words = WORD.findall(gap)
        if first.quantity.unit != second.quantity.unit or GAP_BREAK.search(gap) or not self.joints & set(words):
            return False
        ends = (self.reached, self.tos, self.froms, self.clauses)
        return not any(phrases.find(text, first.end, second.start) for phrases in ends)

    def read_ratio(self, sentence: Sentence, place: Place, flow: str, previous: Measure | None) -> Measure:
        """Return the measure of a percentage or a multiple."""
        text = sentence.text
        behind = self.change_behind(sentence, place) or self.step(sentence, place)
        if behind is not None:
            return as_change(behind)
        if self.plus_minus.before(text, place.start - 1):
            return Measure(CHANGE)
        change = self.last_change(sentence, place, flow)
        changed = change is not None and not self.leads_to_level(sentence, change, place)
        if self.is_share(sentence, place, changed) and flow not in RATIO_LEVELS:
            return Measure(SHARE)
        share = self.last_share(sentence, place)
        if flow in RATIO_LEVELS:
            if share is not None and text.folded[share.end : place.front] == " ":
                return Measure(SHARE)  # "contributed 1.2 percent to growth"
            return self.read_level(sentence, place, flow, previous, change, changed)
        if share is not None and (change is None or share.start > change.start):
            return Measure(SHARE)
        if change is None:
            return Measure(SHARE) if is_part(place) else previous or Measure(LEVEL)
        if changed:
            return as_change(change)
        return Measure(LEVEL) if place.start - change.end <= NEAR else previous or Measure(LEVEL)

    def read_level(
        self,
        sentence: Sentence,
        place: Place,
        flow: str,
        previous: Measure | None,
        change: Mention | None,
        changed: bool,
    ) -> Measure:
        """Return the measure of a percentage of what is told in percent itself: a level, save where it says otherwise.

        "Cut its rate by 0.25 percent to 8.25 percent"; "grew 6 percent, more than the 5.5 percent of 2006".
        """
        text, goal = sentence.text, self.led_to(sentence, place)
        is_step = goal is not None and goal.unit_class == "ratio" and 2 * place.quantity.high < goal.quantity.low
        grew = flow == "growth" and change is not None and self.is_verb(text, change)
        if change is not None and changed and (is_step or grew):
            return as_change(change)
        # What a growth slowed from or to, or is compared with, is one too; of a fall that cannot be said.
        compared = flow == "growth" and change is None and bool(self.froms.find(text, place.left, place.start))
        is_growth = previous is not None and previous.measure == CHANGE and previous.direction == INCREASE
        return previous if previous is not None and is_growth and (grew or compared) else Measure(LEVEL)

    def step(self, sentence: Sentence, place: Place) -> Mention | None:
        """Return the change that a percentage is a step of, since it leads to an amount, as said before other figures.

        "Raised petrol by 3.2 percent to Rp5 and diesel by 2.7 percent to Rp6." Of money a step is small beside where it
        leads: "Astra Rp200 to Rp17,050".
        """
        goal = self.led_to(sentence, place)
        if goal is None or goal.unit_class == "ratio" or self.last_change(sentence, place) is not None:
            return None
        if place.unit_class != "ratio" and place.quantity.high * LARGEST_RANGE > goal.quantity.low:
            return None
        earlier = [change for change in sentence.changes if change.end <= place.left and change.note not in BEHIND]
        return earlier[-1] if earlier else None

    def led_to(self, sentence: Sentence, place: Place) -> Place | None:
        """Return the next figure where nothing but "to" parts the two: "by 0.25 percent to 8.25 percent"."""
        behind = following(sentence, place)
        gap = WORD.findall(sentence.text.folded, place.end, behind.start) if behind is not None else []
        return behind if len(gap) == 1 and gap[0] in self.to_words else None

    def is_share(self, sentence: Sentence, place: Place, changed: bool) -> bool:
        """Return whether what a figure is a share of follows it; "from" after a change is what it changed from.

        So is "from" before another ratio: "7.3 percent from 16.3 percent".
        """
        text = sentence.text
        position = place.end + 1 if text.folded.startswith(" ", place.end) else place.end
        part = self.of.at(text, position)
        if part is not None:
            if self.froms.at(text, position) is None:
                return True
            behind = following(sentence, place)
            before_ratio = behind is not None and behind.start <= part.end + 1 and behind.unit_class == "ratio"
            return not changed and not before_ratio
        word = WORD.match(text.folded, position)
        amount = place.unit_class == "number" and place.quantity.high >= 1  # "4 juta TEUs" is no part of any
        if self.partitives or changed or amount or word is None or position == place.end:
            return False
        return word[0] not in self.dull and self.changes.at(text, position) is None

    def change_behind(self, sentence: Sentence, place: Place) -> Mention | None:
        """Return the word of change right behind a figure that is its size: "a 10 percent drop"."""
        text = sentence.text
        position = place.end + 1 if text.folded.startswith((" ", "-"), place.end) else place.end
        match = self.changes.at(text, position)
        if match is None or match.end > place.right:
            return None
        near_next = place.right < place.sentence[1] and place.right - match.end <= NEXT_FIGURE
        if near_next and match.value[1] not in BEHIND and not self.is_of_amount(sentence, place, match):
            return None  # "Rp27.8 trillion, up 66.8 percent": the change is the next figure's
        return Mention(match.start, match.end, *match.value)

    def is_of_amount(self, sentence: Sentence, place: Place, change: Match[tuple[str, str]]) -> bool:
        """Return whether a change in percent is one from the amount behind it: "an 8 percent raise from $5"."""
        behind = following(sentence, place)
        if behind is None or place.unit_class != "ratio" or behind.unit_class == "ratio":
            return False
        return bool(self.froms.find(sentence.text, change.start, place.right))

    def last_change(self, sentence: Sentence, place: Place, flow: str = "") -> Mention | None:
        """Return the last word of change before a figure in its own stretch; "economic growth" is of growth only."""
        spans = [
            (m.start, m.end) for m in sentence.flows if m.code == "growth" and flow != "growth" and m.note != "weak"
        ]
        found = mentions(self.changes, sentence.text, place.left, place.front, spans)
        own = [m for m in found if m.note != ONLY_BEHIND and not (m.note in BEHIND and m.start <= place.left + 1)]
        own = [m for m in own if m.note != CLOSE or self.is_close(sentence.text, m.end, place.front)]
        return own[-1] if own else None

    def is_close(self, text: Text, start: int, end: int) -> bool:
        """Return whether nothing, or a word such as "by", stands between a change and its figure."""
        gap = text.folded[start:end].strip(" ")
        size = self.sizes.at(text, start + 1) is not None and gap not in self.partitives
        return not gap or (size and " " not in gap)

    def doing(self, sentence: Sentence, place: Place, change: Mention) -> Mention:
        """Return the verb before a growth that was itself changed: "trimmed its forecast of growth by 20,000"."""
        before = mentions(self.changes, sentence.text, place.left, change.start)
        is_changed = before and not self.is_verb(sentence.text, change) and before[-1].note != ONLY_BEHIND
        return change._replace(code=before[-1].code) if is_changed else change

    def last_share(self, sentence: Sentence, place: Place) -> Mention | None:
        """Return the last word of a share in a figure's own stretch before it."""
        spans = [(mention.start, mention.end) for mention in sentence.flows]
        found = mentions(self.shares, sentence.text, place.left, place.start, spans)
        return found[-1] if found else None

    def change_near(self, sentence: Sentence, place: Place) -> Measure | None:
        """Return the change that a figure other than a ratio is the size of: said right behind it or right before."""
        text = sentence.text
        behind = self.change_behind(sentence, place)
        if behind is None and place.unit_class == "money":
            behind = self.step(sentence, place)
        if behind is not None:
            return as_change(behind)
        change = self.last_change(sentence, place)
        if change is None:
            return None
        change = self.doing(sentence, place, change)
        gap = text.folded[change.end : place.front]
        sized = self.sizes.before(text, place.front - 1) is not None
        if len(gap) > (FAR if sized else NEAR):
            return None
        passive = text.tokens_before[change.start - 1] in self.passives
        if change.note == OF_MONEY and gap == " " and is_large_sum(place) and not passive:
            return None  # "raised Rp3 trillion from a rights issue"
        if GAP_BREAK.search(gap) or self.leads_to_level(sentence, change, place):
            return None
        if self.reached.find(text, change.end, place.start):
            return None
        return as_change(change)

    def leads_to_level(self, sentence: Sentence, change: Mention, place: Place) -> bool:
        """Return whether "to", "from" or their like stand between a word of change and the figure it led to.

        What leads to another thing leaves a word of size before the figure: "cut imports from Iran by 8 percent"; of a
        time ("dari tahun sebelumnya sebesar 5 juta ton") the figure is what was then.
        """
        text, start, end = sentence.text, change.end, place.front
        if self.tos_right_before.before(text, end - 1, start) is not None:
            return True
        leading = [match.end for match in self.tos.find(text, start, end)]
        leading += [match.end for match in self.froms.find(text, change.start, end)]  # "an increase over"
        size = self.sizes.before(text, end - 1, start)
        dated = any(start <= period.start < end for period in sentence.periods)
        if size is None or dated or text.folded[size.start : size.end] in self.partitives:
            return bool(leading)
        return any(not text.folded[after : size.start].strip(" ") for after in leading)

    def is_verb(self, text: Text, change: Mention) -> bool:
        """Return whether a word of change is a verb ("grew"), not the noun of a rate ("growth")."""
        return text.folded[change.start : change.end] not in self.grown


def is_part(place: Place) -> bool:
    """Return whether a figure is a part of a whole in words: "more than a third came from coal"."""
    quantity = place.quantity
    return quantity.unit == "1" and 0 < quantity.high < 1 and not any(sign.isdigit() for sign in quantity.text)


def is_large_sum(place: Place) -> bool:
    """Return whether a figure is more money than the step of a price or a rate."""
    return place.unit_class == "money" and place.quantity.value >= SMALL_MONEY


def following(sentence: Sentence, place: Place) -> Place | None:
    """Return the next figure of a sentence."""
    return next((other for other in sentence.figures if other.start > place.start), None)


def as_change(change: Mention) -> Measure:
    """Return the measure that a word of change gives."""
    return Measure(CHANGE, change.code)
