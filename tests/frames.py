"""A tiny story in two versions, its facts and its cross-check, written by hand and used by several tests.

Sources: Ministry of Energy of Kazakhstan (output of 2024, plan for 2025), Bureau of National
Statistics of Kazakhstan (population), Caspian Pipeline Consortium (shipments of 2024),
EIA (Brent spot price, November 2024).
The Indonesian version has one slip made on purpose: 92,6 for 96.2 million tonnes.
"""

from __future__ import annotations

import pandas as pd

STORY = "kazakhstan-oil"

ENGLISH = """Kazakhstan, a country of about 20 million people, sends more than 80% of its oil exports through Russia.

It pumped 87.7 million tonnes of oil in 2024 and plans 96.2 million tonnes for 2025.

Read next: CPC pipeline shipped 63 million tonnes in 2024
"""

INDONESIAN = """Kazakhstan, negara berpenduduk sekitar 20 juta jiwa, \
menyalurkan lebih dari 80 persen ekspor minyaknya lewat Rusia.

Negara itu memproduksi 87,7 juta ton minyak pada 2024 dan menargetkan 92,6 juta ton pada 2025. Harga Brent \
bergerak antara 70 dan 76 dolar AS per barel pada November 2024.
"""

TEXTS = {"en": ENGLISH, "id": INDONESIAN}

COLUMNS = [
    *("story", "article", "lang", "section", "sentence", "start", "end", "text", "context"),
    *("ref_area", "counterpart_area"),
    *("product", "flow", "measure", "direction", "time_period", "obs_status", "attributed_to"),
    *("value", "value_low", "value_high", "unit", "qualifier", "counted", "dimension_source"),
]

# lang, section, sentence, text, areas, product, flow, measure, period, status, low, high, unit, qualifier, counted
FACTS = """
en body 0|20 million people|KZ _Z|_Z population level|2024 A|20e6 20e6 count ~|people
en body 0|80%|KZ RU|oil exports share|_U A|80 80 percent >|_Z
en body 1|87.7 million tonnes|KZ _Z|oil production level|2024 A|87.7e6 87.7e6 t =|_Z
en body 1|96.2 million tonnes|KZ _Z|oil production level|2025 F|96.2e6 96.2e6 t =|_Z
en related 2|63 million tonnes|_U _Z|oil transport level|2024 A|63e6 63e6 t =|_Z
id body 0|20 juta jiwa|KZ _Z|_Z population level|2024 A|20e6 20e6 count ~|jiwa
id body 0|80 persen|KZ RU|oil exports share|_U A|80 80 percent >|_Z
id body 1|87,7 juta ton|KZ _Z|oil production level|2024 A|87.7e6 87.7e6 t =|_Z
id body 1|92,6 juta ton|KZ _Z|oil production level|2025 F|92.6e6 92.6e6 t =|_Z
id body 2|70 dan 76 dolar AS per barel|_U _Z|crude_oil price level|2024-11 A|70 76 USD/bbl =|_Z
"""

# claim, section, status, slip, missing, fact in English, fact in Indonesian, explanation
CROSSCHECK = """
1|body|agrees|||0|5|
2|body|agrees|||1|6|
3|body|agrees|||2|7|
4|body|differs|digits||3|8|'96.2 million tonnes' and '92,6 juta ton' have other digits.
5|body|missing||en||9|Only in Indonesian: '70 dan 76 dolar AS per barel'.
6|related|missing||id|4||Only in English: '63 million tonnes'.
"""


def facts() -> pd.DataFrame:
    """Return the ten facts of both versions."""
    return pd.DataFrame([fact(line) for line in FACTS.strip().splitlines()], columns=COLUMNS)


def fact(line: str) -> dict[str, object]:
    """Return one line of ``FACTS`` as a row of the tidy table."""
    place, text, areas, about, when, amount, counted = line.split("|")
    lang, section, sentence = place.split()
    ref_area, counterpart_area = areas.split()
    product, flow, measure = about.split()
    time_period, obs_status = when.split()
    low, high, unit, qualifier = amount.split()
    start = TEXTS[lang].index(text)
    found: dict[str, object] = dict.fromkeys(COLUMNS, "")
    found |= {"story": STORY, "article": f"{STORY}.{lang}", "lang": lang, "section": section, "sentence": int(sentence)}
    found |= {"start": start, "end": start + len(text), "text": text, "context": text, "ref_area": ref_area}
    found |= {"counterpart_area": counterpart_area, "product": product, "flow": flow, "measure": measure}
    found |= {"direction": "_Z", "time_period": time_period, "obs_status": obs_status, "attributed_to": "_U"}
    found |= {"value": (float(low) + float(high)) / 2, "value_low": float(low), "value_high": float(high)}
    return found | {"unit": unit, "qualifier": qualifier, "counted": counted}


def crosscheck() -> pd.DataFrame:
    """Return the six claims of the story: three agree, one differs, each version leaves one out."""
    rows = [line.split("|") for line in CROSSCHECK.strip().splitlines()]
    names = ["claim", "section", "status", "slip", "missing", "fact_en", "fact_id", "explanation"]
    table = pd.DataFrame(rows, columns=names)
    table["claim"] = table["claim"].astype("int64")
    surfaces = facts()["text"]
    for lang in TEXTS:
        found = pd.to_numeric(table[f"fact_{lang}"].replace("", None)).astype("Int64")
        table[f"fact_{lang}"] = found
        table[f"text_{lang}"] = ["" if pd.isna(index) else surfaces[index] for index in found]
    table.insert(0, "story", STORY)
    order = ["story", "claim", "section", "status", "slip", "missing", "fact_en", "fact_id", "text_en", "text_id"]
    return table[[*order, "explanation"]]


def many_claims(count: int = 20) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return facts and cross-check of one long story: the claims above, repeated until there are ``count`` of them."""
    repeats = -(-count // 6)
    table = pd.concat([crosscheck()] * repeats, ignore_index=True).head(count)
    table["claim"] = range(1, count + 1)
    return facts(), table
