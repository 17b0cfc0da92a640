"""quantulum3's catalogue is read as data, and our units are offered to its own parser."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from energyfacts import catalogue
from energyfacts.languages import load
from energyfacts.quantities import QuantityReader, parse
from energyfacts.text import Text

GENERAL = [("The engine turns at 3000 rpm", 3000, "rpm"), ("It gives 275 newton metres", 275, "Nm")]


@pytest.mark.parametrize(("text", "value", "unit"), GENERAL)
def test_a_general_unit_is_read_through_the_catalogue(text: str, value: float, unit: str) -> None:
    assert [(figure.value, figure.unit) for figure in parse(text)] == [(value, unit)]


@pytest.mark.parametrize(("text", "value", "unit"), GENERAL)
def test_a_general_unit_is_not_read_without_it(
    text: str, value: float, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "surfaces", lambda: catalogue.Phrases([]))
    reader = QuantityReader(load("en"))
    assert unit not in [figure.unit for figure in reader.read(Text(text))]


def test_the_catalogue_is_not_asked_in_a_language_that_does_not_share_its_names() -> None:
    assert [figure.unit for figure in parse("Mesin itu 275 newton metres", "id")] != ["Nm"]


def run(code: str) -> str:
    """Run a program in a process of its own in which every warning is an error; return what it prints."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


READ = "from energyfacts import parse; units = [q.unit for q in parse('3000 rpm, 5 bpd and 275 newton metres')]"


def test_quantulum3_is_never_started() -> None:
    """Its loader takes over a second; its classifier breaks beside some versions of scikit-learn."""
    modules = json.loads(run(f"{READ}; import json, sys; print(json.dumps(sorted(sys.modules)))"))
    assert [name for name in modules if name.partition(".")[0] in ("quantulum3", "sklearn", "joblib")] == []


@pytest.mark.skipif(
    find_spec("sklearn") is None, reason="scikit-learn is not installed, so nothing can break beside it"
)
def test_scikit_learn_beside_us_neither_crashes_nor_warns() -> None:
    assert run(f"import warnings; warnings.simplefilter('error'); {READ}; print(units)") == "['rpm', 'bbl/d', 'Nm']\n"


def test_an_environment_with_scikit_learn_is_read_in(tmp_path: object) -> None:
    """A stand-in for scikit-learn that may not be imported shows that nothing asks for it."""
    code = f"""
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('sklearn', 'joblib'):
            raise AssertionError(name)
sys.meta_path.insert(0, Refuse())
{READ}
print(units)
"""
    assert run(code) == "['rpm', 'bbl/d', 'Nm']\n"


OFFER = """
from quantulum3 import parser
before = parser.parse('5 MMBTU')
from energyfacts.units import offer_to_quantulum3
count = offer_to_quantulum3()
after = parser.parse('5 MMBTU', classifier_path=None)
print(before[0].unit.name, '|', after[0].value, after[0].unit.name, '|', count > 20)
"""


def test_our_units_are_taught_to_quantulum3s_own_parser() -> None:
    done = subprocess.run([sys.executable, "-c", OFFER], capture_output=True, text=True, check=True)
    before, after, enough = done.stdout.strip().rpartition("\n")[2].split(" | ")
    assert before != "million British thermal units"
    assert after == "5.0 million British thermal units"
    assert enough == "True"
