"""Which facts of the versions of a story are the same claim, and how they differ: the cross-check table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from energyfacts.comparison.claims import Claim, claims_of, without_repetitions
from energyfacts.comparison.figures import NOTHING, Figure, numerals, unit_of
from energyfacts.comparison.names import exchanged
from energyfacts.comparison.slips import SAME, SUBJECTS, Difference, agreement, compare
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
# What already says why figures stand beside other names.
SUBJECT_SLIPS = frozenset({*(slip for _, slip in SUBJECTS), "period"})
# The units of a part of a whole that is said in words or as a fraction.
PARTS, PERCENT = ("1", "times"), "percent"
STATUSES = ("agrees", "differs", "missing")


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
          ``rounding``, ``qualifier``, ``period``, ``unit`` (one version leaves it out), ``flow``, ``product`` or
          ``area`` (each version's own clause states another), or ``name`` (it changed places with one beside another
          name); else ""
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
    if "product=unit" in str(row["dimension_source"]):
        about[1] = ""  # megawatts are of electricity, which says nothing against the coal another version names
    text, low, high, unit = (
        str(row["text"]),
        float(str(row["value_low"])),
        float(str(row["value_high"])),
        str(row["unit"]),
    )
    if unit in PARTS and 0 < high < 1 and all(len(groups) == 1 for groups in numerals(text)):
        # "A quarter", "1/4" and "25 percent" say the same; a decimal is left, as its sign may be the slip.
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
    claims = without_repetitions(claims)
    around = surroundings(versions, claims)
    for number, claim in enumerate(claims, start=1):
        members = {lang: claim.members[lang] for lang in languages if lang in claim.members}
        lacking = [lang for lang in languages if lang in versions and lang not in members]
        yield (
            {"story": story, "claim": number}
            | row_of(members, lacking, claim.again, around)
            | cells(members, languages)
        )


@dataclass(slots=True)
class Surroundings:
    """What stands around the figures of a story.

    Attributes
    ----------
    periods : dict
        The periods that the figures of a sentence have, by language and sentence.
    exchanged : dict
        The labels of figures that changed places with others, either way round, and a name beside each: see `names`.
    """

    periods: dict[tuple[str, int], set[str]]
    exchanged: dict[tuple[int, int], tuple[str, str]]


def surroundings(versions: dict[str, list[Figure]], claims: list[Claim]) -> Surroundings:
    """Return what stands around the figures of a story."""
    around = Surroundings({}, {})
    for each in (each for figures in versions.values() for each in figures):
        around.periods.setdefault((each.lang, each.sentence), set()).add(each.about[4])
    for one, other in combinations(versions, 2):
        both = [(claim.members[one], claim.members[other]) for claim in claims if {one, other} <= claim.members.keys()]
        found = exchanged([pair for pair in both if agreement(*pair)], versions[one], versions[other])
        around.exchanged |= found | {labels[::-1]: names[::-1] for labels, names in found.items()}
    return around


def row_of(members: dict[str, Figure], lacking: list[str], again: list[str], around: Surroundings) -> dict[str, object]:
    """Return what there is to say of a claim, as cells of its row."""
    one, other, found = worst(list(members.values()), around)
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


def worst(members: list[Figure], around: Surroundings) -> tuple[Figure, Figure, Difference]:
    """Return the two figures of a claim that differ most, and how."""
    pairs = [(one, other, difference(one, other, around)) for one, other in combinations(members, 2)]
    if not pairs:
        return members[0], members[0], SAME
    return max(pairs, key=lambda pair: (pair[2].status == "differs", bool(pair[2].slip)))


def difference(one: Figure, other: Figure, around: Surroundings) -> Difference:
    """Return how two figures differ, by what stands around them too.

    A period that the other version's sentence has too was only read elsewhere.
    """
    found = compare(one, other)
    if found.slip == "period":
        theirs, ours = around.periods[other.lang, other.sentence], around.periods[one.lang, one.sentence]
        found = SAME if one.about[4] in theirs or other.about[4] in ours else found
    names = around.exchanged.get((one.label, other.label))
    if names is not None and found.status == "agrees" and found.slip not in SUBJECT_SLIPS:
        beside = " and ".join(
            f"beside {name} in {language_name(each.lang)}" for name, each in zip(names, (one, other), strict=True)
        )
        return Difference("agrees", "name", f"the value is the same, but {beside}")
    return found


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
