"""Bare numbers: which of them count something, and which are names, dates or idioms to leave alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from energyfacts.languages import Pack
    from energyfacts.numbers import Number
    from energyfacts.text import Text

# The words of a counted noun phrase; a number that is glued to its noun has a hyphen between ("11-member").
NOUN = re.compile(r"[ -]((?:[^\W\d_]|['&+])+(?:-[^\W\d_]+)*)")
MODEL = re.compile(r" ([^\W\d_]+\d+|\d+-\d+[^\W\d_]*)(?= [^\W\d_])")
# "17 of 32 provinces": how many there are in all.
WHOLE_NUMBER = re.compile(r" (\d{1,3}(?:[.,]\d{3})*|[^\W\d_]+)(?= )")
SMALL = ("unit", "teen", "tens")
LONGEST_PHRASE = 5
# A noun in small letters is longer than this.
LONGEST_ABBREVIATION = 2
# Digits in a line of their own kind: the number of a list item or a heading.
ITEM_NUMBER = re.compile(r"[.)]\s")
GLUED = re.compile(r"[^\W_]|[/:](?=\w)")
# A hyphen before a capital joins a name ("7-Eleven").
NAME_GOES_ON = re.compile(r"-[^\W\d_a-z]")
# Read from its end, as what stands before a number is looked for.
PREVIOUS_WORD = re.compile(r"[^\S\n]([.&]?[^\W\d_]+(?:['&.-][^\W\d_]+)*)")
# "12 out of 18" blocks are two counts, "1 in 10" is a share.
LARGEST_OF = 10
# "Two hundred of 750 boats" are two counts as well.
LARGEST_SHARE = 100
# A bare run of digits in these is a year of the past or of a far forecast.
YEARS = range(1500, 2200)


class CountReader:
    """What the bare numbers of one language count.

    Parameters
    ----------
    pack : Pack
        The language.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.stops = pack.words("stop")
        self.small_numbers = frozenset(row["surface"] for row in pack.rows("numbers") if row["role"] in SMALL)
        self.verbs = pack.words("verb")
        self.joints = pack.words("joint")
        self.plural_endings = tuple(pack.settings["counts"]["plural_endings"])
        self.plurals = pack.words("plural")
        self.not_plurals = pack.words("not plural")
        self.classifiers = pack.words("classifier")
        self.vague = frozenset(
            row["surface"] for row in pack.rows("numbers") if row["role"] == "vague" or row["when"] == "after digits"
        )
        self.partitive = pack.role("of")
        self.of_them = pack.role("of them")
        self.determiners = pack.words("whole")
        self.prefixes = pack.role("prefix")
        self.inner = pack.words("inner")
        self.names_before = pack.role("name before")
        self.names_after = pack.role("name after")
        self.not_one = pack.words("not one")
        self.one_pronoun = pack.words("one pronoun")
        self.ordinals_before = pack.words("ordinal before")
        self.bare_before = pack.words("bare before")
        self.ordinals = pack.role("ordinal")
        self.share_of = pack.words("share of")

    def counted(self, text: Text, number: Number) -> tuple[int, str] | None:
        """Return where the noun phrase that a number counts ends, and the phrase; None where it counts nothing.

        The phrase ends before a verb or a function word; where the language marks the plural, with the
        first plural noun, else with the word before the first that cannot belong to it.
        """
        words = list(self.phrase(text, number.end))
        if words and is_abbreviation(text.original, *words[0]):
            return None
        if not words:
            return self.part(text, number)
        words = self.up_to_noun(text, words)
        return (words[-1][1], text.original[words[0][0] : words[-1][1]]) if words else None

    def up_to_noun(self, text: Text, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the words of a noun phrase up to its noun, which is the first plural where the language marks it."""
        if not self.plural_endings:
            return words
        for k, (start, end) in enumerate(words):
            if self.is_plural(text.original[start:end]):
                return words[: k + 1]
        first = text.original[words[0][0] : words[0][1]]
        return words[:1] if first[0].islower() and first not in self.verbs else []

    def phrase(self, text: Text, end: int) -> list[tuple[int, int]]:
        """Return the words after a number that may be its noun phrase, as (start, end)."""
        found: list[tuple[int, int]] = []
        position = end
        longest = LONGEST_PHRASE if self.plural_endings else LONGEST_PHRASE - 1
        while len(found) < longest and (match := model(text, found, position) or NOUN.match(text.folded, position)):
            word = match[1]
            joint = word in self.joints and bool(found) and bool(self.plural_endings)
            if (word in self.stops and word not in self.inner and not joint) or (found and word in self.small_numbers):
                break
            if not self.plural_endings and self.pack.is_verb(word):
                break
            if not self.plural_endings and not is_common(text.original[match.start(1) : match.end(1)]):
                break
            found.append(match.span(1))
            position = match.end()
            if not self.plural_endings and word in self.classifiers:
                longest += 1
        while found and text.folded[slice(*found[-1])] in self.joints | self.inner:
            found.pop()
        return found

    def is_plural(self, word: str) -> bool:
        """Return whether a word has a plural form."""
        folded = word.lower()
        if folded in self.plurals:
            return True
        return (
            folded.endswith(self.plural_endings)
            and folded not in self.not_plurals
            and not word.isupper()
            and len(word) > 2
        )

    def part(self, text: Text, number: Number) -> tuple[int, str] | None:
        """Return the noun of "three of the reactors": number, partitive, determiner, noun phrase; "" for "of them"."""
        if number.value < 2:
            return None
        if self.of_them.at(text, number.end + 1) is not None:
            return number.end, ""
        of = self.partitive.at(text, number.end + 1)
        if of is None:
            return None
        position = of.end
        while (match := NOUN.match(text.folded, position)) and match[1] in self.determiners:
            position = match.end()
        whole = WHOLE_NUMBER.match(text.folded, position)
        if whole is not None and (whole[1][0].isdigit() or whole[1] in self.small_numbers):
            position = whole.end()
        elif number.form != "words":
            return None
        words = self.phrase(text, position)
        if words and text.folded[slice(*words[0])] in self.vague:
            return None  # "ten of thousands" is tens of thousands, mistyped
        words = self.up_to_noun(text, words) if words else words
        return (number.end, text.original[words[0][0] : words[-1][1]]) if words else None

    def is_name(self, text: Text, number: Number, sentence_start: bool) -> bool:
        """Return whether a bare number is part of a name, a score, a list or an idiom, and no quantity."""
        original, start, end = text.original, number.start, number.end
        before, after = original[start - 1 : start], original[end : end + 1]
        if (before and (before.isalnum() or before in "_/#@")) or self.glued_after(text, end):
            return True
        if before == "-" and start > 1 and original[start - 2].isalpha():
            return self.prefixes.before(text, start) is None
        if before == "-" and start > 1 and original[start - 2].isdigit() and number.form == "words":
            return True
        if after and ITEM_NUMBER.match(original, end) and (not start or before == "\n"):
            return True
        if number.scale == 1 and self.names_before.before(text, start - 1 if before == " " else start):
            return True
        previous = previous_word(text, start)
        bare = number.form == "digits" and number.scale == 1 and not sentence_start
        if bare and previous and self.is_name_word(previous):
            return len(previous) == 1 or not self.counts_common(text, number)
        if number.form == "words" and number.value == 1:
            return self.is_pronoun(text, number, previous.lower())
        return number.form == "collective" and previous.lower() in self.ordinals_before

    def is_name_word(self, word: str) -> bool:
        """Return whether a word inside a sentence is a name by its capital."""
        return word[0].isupper() and word.lower() not in self.stops

    def counts_common(self, text: Text, number: Number) -> bool:
        """Return whether a number behind a capital counts a plain noun all the same ("Iran 54 reactors")."""
        words = self.phrase(text, number.end)
        return (
            bool(words)
            and text.original[words[0][0]].islower()
            and (not self.plural_endings or any(self.is_plural(text.original[a:b]) for a, b in words))
        )

    def glued_after(self, text: Text, end: int) -> bool:
        """Return whether letters or digits are glued to a number's end ("5G", "2nd", "737-800")."""
        if GLUED.match(text.folded, end) or NAME_GOES_ON.match(text.original, end):
            return True
        if text.folded.startswith("-", end) and self.ordinals.at(text, end + 1) is not None:
            return True
        position = end + text.folded.startswith(" ", end)
        return self.names_after.at(text, position) is not None

    def is_pronoun(self, text: Text, number: Number, previous: str) -> bool:
        """Return whether "one" counts nothing: "no one", "one of them", "one day"."""
        if previous in self.not_one:
            return True
        following = NOUN.match(text.folded, number.end)
        return following is None or following[1] in self.one_pronoun or following[1] in self.stops

    def after_first_word(self, text: Text, number: Number, starts: frozenset[int]) -> bool:
        """Return whether a number follows the first word of a sentence, whose capital says nothing of a name."""
        previous = previous_word(text, number.start)
        return self.behind_name(text, number) and number.start - 1 - len(previous) in starts

    def behind_name(self, text: Text, number: Number) -> bool:
        """Return whether it is only the word before a number that makes it part of a name."""
        if self.glued_after(text, number.end) or self.names_before.before(text, number.start - 1):
            return False
        return len(previous_word(text, number.start)) > 1

    def ends_phrase(self, text: Text, end: int) -> bool:
        """Return whether a phrase may end at a place: no noun follows ("20 workers monthly wages")."""
        following = NOUN.match(text.folded, end)
        return following is None or self.pack.ends_phrase(following[1])

    def is_share(self, text: Text, first: Number, second: Number) -> bool:
        """Return whether two numbers say a share of a whole: "one in ten", "two out of three"."""
        if text.folded[first.end : second.start].strip(" ") not in self.share_of or second.value >= YEARS[0]:
            return False
        if not all(
            number.form in ("words", "digits") and number.value == int(number.value) for number in (first, second)
        ):
            return False
        if previous_word(text, first.start).lower() in self.not_one:
            return False
        several = first.form == "digits" or first.value > 1
        both_counted = several and second.form == "digits" and second.value > LARGEST_OF and second.value % 10 > 0
        both_counted = both_counted or first.value > LARGEST_SHARE
        return not both_counted and first.scale == 1 and 1 <= first.value < second.value

    def stands_bare(self, text: Text, number: Number) -> bool:
        """Return whether a number without unit or noun is a figure: it has a scale, a separator, or a cue before."""
        if number.scale > 1 or number.form in ("marked", "fraction"):
            return True
        if number.form != "digits" or int(number.value) in YEARS:
            return False
        if self.names_thing(text, number.end):
            return False
        return previous_word(text, number.start).lower() in self.bare_before

    def names_thing(self, text: Text, end: int) -> bool:
        """Return whether a name follows a number, which is then part of it ("10 Downing Street")."""
        following = NOUN.match(text.folded, end)
        if following is None or following[1] in self.verbs:
            return False
        return self.is_name_word(text.original[following.start(1) : following.end(1)])


def model(text: Text, found: list[tuple[int, int]], position: int) -> re.Match[str] | None:
    """Return a model's number behind a name in a counted phrase ("100 Boeing 737-900ER planes")."""
    is_behind_name = bool(found) and text.original[found[-1][0]].isupper()
    return MODEL.match(text.folded, position) if is_behind_name else None


def previous_word(text: Text, start: int) -> str:
    """Return the word, as written, that stands a space before a place on its line, or ""."""
    match = PREVIOUS_WORD.match(text.backwards, len(text) - start)
    return match[1][::-1] if match is not None else ""


def is_abbreviation(original: str, start: int, end: int) -> bool:
    """Return whether a word after a number is more like an unknown unit than a noun: "12 kq", "12 kq/zt"."""
    return (end - start <= LONGEST_ABBREVIATION and original[start].islower()) or original.startswith("/", end)


def is_common(word: str) -> bool:
    """Return whether a word may be a counted noun where nouns have no plural: in small letters, or all capitals."""
    return word[0].islower() or (word.isupper() and len(word) > 1)
