"""What is installed is said in pyproject.toml, environment.yml and requirements.lock, and they must agree."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import energyfacts

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

# Where conda-forge has another name. matplotlib-base is matplotlib without Qt; playwright there is the one for Node.
CONDA_NAMES = {"matplotlib": "matplotlib-base", "playwright": "playwright-python"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("linux", "darwin", "win32")


def declared() -> dict[str, Requirement]:
    """Return every dependency that pyproject.toml names, extras included, itself excluded."""
    lines = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    requirements = {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}
    return {name: requirement for name, requirement in requirements.items() if name != PROJECT["name"]}


def in_conda() -> dict[str, SpecifierSet]:
    """Return the packages of environment.yml with their bounds."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    entries = [Requirement(entry) for entry in environment["dependencies"] if isinstance(entry, str)]
    return {entry.name: entry.specifier for entry in entries}


def locked() -> list[Requirement]:
    """Return the lines of requirements.lock, without their hashes."""
    return [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)]


def test_extras_of_dev_are_all_extras() -> None:
    """The lock is made from `dev`, so an extra that `dev` left out would be locked nowhere."""
    own = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]
    (itself,) = (requirement for requirement in own if requirement.name == PROJECT["name"])
    assert itself.extras == set(PROJECT["optional-dependencies"]) - {"dev"}


def test_environment_yml_has_the_same_dependencies_and_bounds() -> None:
    expected = {CONDA_NAMES.get(name, name): requirement.specifier for name, requirement in declared().items()}
    expected |= {"python": SpecifierSet(PROJECT["requires-python"]), "pip": SpecifierSet()}
    assert in_conda() == expected


def test_environment_yml_installs_the_package_itself() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}
    assert environment["channels"][0] == "conda-forge"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_lock_has_one_version_in_bounds(python: str, system: str) -> None:
    """Every declared package is pinned once for each Python and system, within the bounds of pyproject.toml."""
    machine = default_environment() | {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": system,
        "os_name": "nt" if system == "win32" else "posix",
    }
    pins: dict[str, list[str]] = {}
    for line in locked():
        if line.marker is None or line.marker.evaluate(machine):
            pins.setdefault(canonicalize_name(line.name), []).extend(pin.version for pin in line.specifier)
    wrong = {
        name: pins.get(name, [])
        for name, requirement in declared().items()
        if len(pins.get(name, [])) != 1 or not requirement.specifier.contains(pins[name][0])
    }
    assert wrong == {}


def test_lock_has_a_hash_for_every_package() -> None:
    """One line without a hash and pip refuses the whole file."""
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_names_no_index_and_no_path() -> None:
    """The lock installs from whatever index the machine has."""
    assert re.findall(r"https?:|file:|^-.*|@ \S+", LOCK, flags=re.MULTILINE) == []


def test_changelog_newest_version_is_the_package_version() -> None:
    versions = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == energyfacts.__version__


def run(code: str) -> str:
    """Run code in a fresh interpreter and return what it printed."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def test_import_loads_no_heavy_package() -> None:
    heavy = ("babel", "matplotlib", "numpy", "pandas", "pint", "pyarrow", "quantulum3", "sklearn", "tqdm")
    code = f"import sys, energyfacts; dir(energyfacts); print([name for name in {heavy} if name in sys.modules])"
    assert run(code) == "[]"


@pytest.mark.parametrize("name", energyfacts.__all__)
def test_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(energyfacts, name)
    assert name in dir(energyfacts)
    assert name == "__version__" or (value.__doc__ or "").strip()


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        energyfacts.no_such_name  # noqa: B018


@pytest.mark.parametrize("first", ["from energyfacts.comparison import summary", "energyfacts.summary", "pass"])
def test_crosscheck_is_a_function_whatever_was_imported_before(first: str) -> None:
    """No module has the name of a public function, so none can take its place."""
    code = f"import energyfacts; {first}; print(type(energyfacts.crosscheck).__name__, energyfacts.crosscheck.__name__)"
    assert run(code) == "function crosscheck"
