"""Which facts of the versions of a story are the same claim, and how they differ: the cross-check table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from energyfacts.comparison.alignment import align, join_ends
from energyfacts.comparison.evidence import repetition
from energyfacts.comparison.figures import NOTHING, Figure, numerals, significant_digits, unit_of
from energyfacts.comparison.slips import SAME, Difference, compare
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED = ("story", "lang", "sentence", "start", "end", "text", "value_low", "value_high", "unit", "qualifier")
ABOUT = ("flow", "product", "ref_area", "measure", "time_period")
OPTIONAL = {
    "article": "",
    "section": "body",
    "context": "",
    "dimension_source": "",
    "direction": "_Z",
    "counted": "_Z",
    **dict.fromkeys(ABOUT, "_U"),
}
PURE, PERCENT = "1", "percent"
STATUSES = ("agrees", "differs", "missing")
# The periods that the figures of a sentence have, by language and sentence.
Periods = dict[tuple[str, int], set[str]]


@dataclass(slots=True)
class Claim:
    """One claim of a story: a figure in each version that carries it, its place, and the versions that say it again."""

    members: dict[str, Figure]
    place: Figure
    again: list[str] = field(default_factory=list)


def crosscheck(facts: pd.DataFrame) -> pd.DataFrame:
    """Compare the versions of each story, claim by claim.

    Parameters
    ----------
    facts : DataFrame
        The tidy table of `extract`, of one or more stories in two or more languages. Its index is the name of each
        fact, so it must hold whole numbers, each once.

    Returns
    -------
    DataFrame
        One claim a row, in the order of the version with the most figures, teasers last; a story in one language only
        has no rows. Columns:

        - ``story``; ``claim``: int, from 1 in each story; ``section``: ``body`` or ``related``
        - ``status``: ``agrees``, ``differs`` (in value, unit or direction) or ``missing`` (some version lacks it)
        - ``slip``: of claims that differ, what does: ``scale word``, ``digits``, ``decimal separator``, ``sign``,
          ``unit``, ``currency``, ``range`` or ``direction``; of claims that agree, what an editor may want to know:
          ``rounding``, ``qualifier``, ``period``, ``unit`` (one version leaves it out), or ``flow``, ``product`` or
          ``area`` (each version's own clause states another); else ""
        - ``missing``: the languages that lack the claim, comma-separated, else ""
        - ``fact_<lang>``: Int64, the index label in ``facts``, or ``<NA>``; ``text_<lang>``: its surface, or ""
        - ``explanation``: one sentence

        A figure that a version says twice is one claim; the explanation says which version repeats it. Two neighbouring
        figures that another version gives as a range are one claim too.

    Raises
    ------
    EnergyFactsError
        A column is lacking, or the index does not name each fact once.

    Examples
    --------
    >>> import energyfacts
    >>> story = [
    ...     energyfacts.Article(text="Output rose to 2.6 million tonnes.", lang="en", story="s"),
    ...     energyfacts.Article(text="Produksi naik menjadi 2,6 miliar ton.", lang="id", story="s"),
    ... ]
    >>> table = energyfacts.crosscheck(energyfacts.extract(story))
    >>> table[["status", "slip"]].values.tolist()
    [['differs', 'scale word']]
    """
    check(facts)
    languages = list(dict.fromkeys(facts["lang"].astype(str)))
    rows: list[dict[str, object]] = []
    for story, versions in stories(facts):
        if len(versions) > 1:
            rows.extend(story_rows(story, versions, languages))
    return as_table(rows, languages)


def check(facts: pd.DataFrame) -> None:
    """Refuse a table that cannot be compared."""
    if not isinstance(facts, pd.DataFrame):
        raise EnergyFactsError(f"crosscheck() was given {type(facts).__name__}; give it the table of extract().")
    lacking = [column for column in REQUIRED if column not in facts.columns]
    if lacking:
        raise EnergyFactsError(f"The facts lack the column {', '.join(lacking)}; give the table of extract().")
    if not pd.api.types.is_integer_dtype(facts.index) or not facts.index.is_unique:
        raise EnergyFactsError(
            "The index of the facts does not name each fact once by a whole number; "
            "join tables with pd.concat(..., ignore_index=True)."
        )


def as_table(rows: list[dict[str, object]], languages: list[str]) -> pd.DataFrame:
    """Return the rows as a table with its types, also where there are none."""
    texts = dict.fromkeys(("story", "section", "status", "slip", "missing", "explanation"), "str")
    types = texts | {"claim": "int64"} | {f"fact_{lang}": "Int64" for lang in languages}
    types |= {f"text_{lang}": "str" for lang in languages}
    order = ["story", "claim", "section", "status", "slip", "missing"]
    order += [f"fact_{lang}" for lang in languages] + [f"text_{lang}" for lang in languages] + ["explanation"]
    return pd.DataFrame({column: pd.Series([row[column] for row in rows], dtype=types[column]) for column in order})


def stories(facts: pd.DataFrame) -> Iterator[tuple[str, dict[str, list[Figure]]]]:
    """Return each story with its versions: their figures in the order of the text."""
    columns = {name: facts[name].tolist() for name in REQUIRED}
    columns |= {
        name: facts[name].tolist() if name in facts else [default] * len(facts) for name, default in OPTIONAL.items()
    }
    labels = facts.index.tolist()
    found: dict[str, dict[str, list[Figure]]] = {}
    # A language may have two articles in a story: they are read as one, the second after the first.
    offsets: dict[tuple[str, str], tuple[str, int, int]] = {}
    for row, label in enumerate(labels):
        one = {name: values[row] for name, values in columns.items()}
        key = (str(one["story"]), str(one["lang"]))
        version = found.setdefault(key[0], {}).setdefault(key[1], [])
        article, start, sentence = offsets.get(key, (str(one["article"]), 0, 0))
        if article != str(one["article"]):
            article, start, sentence = str(one["article"]), version[-1].end + 1, version[-1].sentence + 1
        offsets[key] = (article, start, sentence)
        version.append(figure(one, int(label), start, sentence))
    for story, versions in found.items():
        yield story, {lang: sorted(figures, key=lambda each: each.start) for lang, figures in versions.items()}


def figure(row: dict[str, object], label: int, start: int, sentence: int) -> Figure:
    """Return a row of the facts made ready to be compared."""
    about = ["" if str(row[name]) in NOTHING else str(row[name]) for name in ABOUT]
    text, low, high, unit = (
        str(row["text"]),
        float(str(row["value_low"])),
        float(str(row["value_high"])),
        str(row["unit"]),
    )
    if unit == PURE and 0 < high < 1 and not numerals(text):
        # "A quarter" and "25 percent" say the same.
        low, high, unit = low / unit_of(PERCENT).factor, high / unit_of(PERCENT).factor, PERCENT
    return Figure(
        label=label,
        lang=str(row["lang"]),
        section=str(row["section"]),
        sentence=int(str(row["sentence"])) + sentence,
        start=int(str(row["start"])) + start,
        end=int(str(row["end"])) + start,
        text=text,
        low=low,
        high=high,
        unit=unit_of(unit),
        qualifier=str(row["qualifier"]),
        direction=str(row["direction"]),
        counted=str(row["counted"]),
        context=str(row["context"]),
        stated=frozenset(re.findall(r"(\w+)=clause", str(row["dimension_source"]))),
        about=(about[0], about[1], about[2], about[3], about[4]),
    )


def story_rows(story: str, versions: dict[str, list[Figure]], languages: list[str]) -> Iterator[dict[str, object]]:
    """Return the claims of one story as rows of the table."""
    by_length = sorted(versions, key=lambda lang: -len(versions[lang]))
    sections = {each.section: None for lang in by_length for each in versions[lang]}
    claims: list[Claim] = []
    for section in sorted(sections, key=lambda name: name != "body"):
        here = [[each for each in versions[lang] if each.section == section] for lang in by_length]
        claims.extend(claims_of([figures for figures in here if figures]))
    periods: Periods = {}
    for each in (each for figures in versions.values() for each in figures):
        periods.setdefault((each.lang, each.sentence), set()).add(each.about[4])
    for number, claim in enumerate(without_repetitions(claims), start=1):
        members = {lang: claim.members[lang] for lang in languages if lang in claim.members}
        lacking = [lang for lang in languages if lang in versions and lang not in members]
        yield (
            {"story": story, "claim": number}
            | row_of(members, lacking, claim.again, periods)
            | cells(members, languages)
        )


def claims_of(versions: list[list[Figure]]) -> list[Claim]:
    """Return the claims of one section, each version being put to those before it."""
    all_figures = [each for figures in versions for each in figures]
    versions = [join_ends(figures, all_figures) for figures in versions]
    claims = [Claim({each.lang: each}, each) for each in versions[0]]
    for figures in versions[1:]:
        at = {j: claims[i] for i, j in align([claim.place for claim in claims], figures)}
        new: list[tuple[Claim | None, Claim]] = []
        last: Claim | None = None
        for j, each in enumerate(figures):
            if j in at:
                last = at[j]
                last.members[each.lang] = each
            else:
                new.append((last, Claim({each.lang: each}, placed_after(each, last))))
        claims = [claim for before in (None, *claims) for claim in with_new(before, new)]
    return claims


def placed_after(figure: Figure, claim: Claim | None) -> Figure:
    """Return a figure as if it stood behind a claim, in the version that gives all claims their places."""
    end, sentence = (claim.place.end, claim.place.sentence) if claim else (0, 0)
    return replace(figure, start=end, end=end, sentence=sentence)


def with_new(claim: Claim | None, new: list[tuple[Claim | None, Claim]]) -> list[Claim]:
    """Return a claim and the new ones that come after it."""
    return ([claim] if claim else []) + [each for before, each in new if before is claim]


def without_repetitions(claims: list[Claim]) -> list[Claim]:
    """Return the claims without those that only say again, in some versions, what another says in more of them."""
    kept = []
    for number, claim in enumerate(claims):
        said = next((other for other in claims if other is not claim and repeats(claim, other, claims[:number])), None)
        if said is None:
            kept.append(claim)
        else:
            said.again.extend(lang for lang in claim.members if lang not in said.again)
    return kept


def repeats(claim: Claim, other: Claim, earlier: list[Claim]) -> bool:
    """Return whether a claim only says another again: one that more versions have, or an earlier one.

    What two versions say twice each is kept twice.
    """
    more = len(other.members) > len(claim.members)
    if not more:
        first = next(iter(claim.members.values()))
        if len(other.members) > 1 or len(claim.members) > 1 or len(significant_digits(first.high)) < 3:
            return False
        if not any(other is each for each in earlier):
            return False
    shared = [(each, other.members.get(lang)) for lang, each in claim.members.items()]
    return all(said is not None and repetition(each, said) for each, said in shared)


def row_of(members: dict[str, Figure], lacking: list[str], again: list[str], periods: Periods) -> dict[str, object]:
    """Return what there is to say of a claim, as cells of its row."""
    one, other, found = worst(list(members.values()), periods)
    status = "missing" if lacking and found.status == "agrees" else found.status
    parts = []
    if len(members) > 1:
        parts.append(f"{said(one)}, {said(other)}: {found.remark}")
    if lacking:
        only = " and ".join(said(each) for each in members.values())
        names = " and ".join(language_name(lang) for lang in lacking)
        where = f': "{one.context}"' if one.context else f" (sentence {one.sentence + 1})"
        parts.append(f"{names} lacks it" if parts else f"{only}, {names} lacks it{where}")
    if again:
        parts.append(f"{' and '.join(language_name(lang) for lang in again)} says it again")
    row: dict[str, object] = {"section": one.section, "status": status, "slip": found.slip}
    explanation = "; ".join(parts)
    stop = "" if explanation.endswith(('."', '!"', '?"')) or not explanation else "."
    return row | {"missing": ",".join(lacking), "explanation": explanation + stop}


def cells(members: dict[str, Figure], languages: list[str]) -> dict[str, object]:
    """Return the facts and surfaces of a claim, language by language."""
    row: dict[str, object] = {}
    for lang in languages:
        each = members.get(lang)
        row[f"fact_{lang}"] = each.label if each else None
        row[f"text_{lang}"] = each.text if each else ""
    return row


def worst(members: list[Figure], periods: Periods) -> tuple[Figure, Figure, Difference]:
    """Return the two figures of a claim that differ most, and how."""
    pairs = [(one, other, difference(one, other, periods)) for one, other in combinations(members, 2)]
    if not pairs:
        return members[0], members[0], SAME
    return max(pairs, key=lambda pair: (pair[2].status == "differs", bool(pair[2].slip)))


def difference(one: Figure, other: Figure, periods: Periods) -> Difference:
    """Return how two figures differ; a period that the other version's sentence has too was only read elsewhere."""
    found = compare(one, other)
    if found.slip != "period":
        return found
    theirs, ours = periods[other.lang, other.sentence], periods[one.lang, one.sentence]
    return SAME if one.about[4] in theirs or other.about[4] in ours else found


def said(figure: Figure) -> str:
    """Return who says what."""
    return f'{language_name(figure.lang)} has "{figure.text}"'


@lru_cache(maxsize=256)
def language_name(tag: str) -> str:
    """Return the English name of a language, or its tag where CLDR has none.

    Examples
    --------
    >>> language_name("id"), language_name("en-GB"), language_name("tlh")
    ('Indonesian', 'English (United Kingdom)', 'tlh')
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Count the claims of each story, and of all of them.

    Parameters
    ----------
    table : DataFrame
        The table of `crosscheck`.

    Returns
    -------
    DataFrame
        One story a row and ``_T``, all stories, last. Columns: ``story``; ``claims``, ``agrees``, ``differs``,
        ``missing``: the claims of the bodies; ``noted``: those that agree, but for a ``slip``; ``missing_<lang>``: what
        that version lacks; ``related``: the claims in teasers, which are in no other column.

    Examples
    --------
    >>> import energyfacts
    >>> story = [
    ...     energyfacts.Article(text="Output rose to 2.6 million tonnes.", lang="en", story="s"),
    ...     energyfacts.Article(text="Produksi naik menjadi 2,6 miliar ton.", lang="id", story="s"),
    ... ]
    >>> table = energyfacts.crosscheck(energyfacts.extract(story))
    >>> energyfacts.summary(table)[["story", "claims", "differs"]].values.tolist()
    [['s', 1, 1], ['_T', 1, 1]]
    """
    lacking = [column for column in ("story", "section", "status", "slip", "missing") if column not in table.columns]
    if lacking:
        raise EnergyFactsError(f"The table lacks the column {', '.join(lacking)}; give the table of crosscheck().")
    body = table["section"] == "body"
    counts = pd.DataFrame({"story": table["story"], "claims": body})
    for status in STATUSES:
        counts[status] = body & (table["status"] == status)
    counts["noted"] = counts["agrees"] & (table["slip"] != "")
    for lang in (column.removeprefix("fact_") for column in table.columns if column.startswith("fact_")):
        counts[f"missing_{lang}"] = body & table["missing"].str.split(",").map(lambda tags, lang=lang: lang in tags)
    counts["related"] = ~body
    by_story = counts.groupby("story", sort=False).sum().astype("int64")
    by_story.loc["_T"] = by_story.sum()
    return by_story.rename_axis("story").reset_index()
