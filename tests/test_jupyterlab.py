"""The notebooks in a real JupyterLab: each is opened in Chromium and run from its menu."""

import json
import os
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import browser
import pytest
from saved_notebooks import NOTEBOOKS, ROOT, load

TOKEN = "only-for-this-test"
# For one step, in milliseconds: a notebook runs in seconds, and a slow machine may take longer.
PATIENCE = 60_000
ATTEMPTS = 3
# Every cell has its number, or one has failed.
DONE = """() => {
    const asked = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map(each => each.textContent);
    const failed = document.querySelector('[data-mime-type="application/vnd.jupyter.error"]');
    return asked.length && (failed || asked.every(each => /\\[\\d+\\]:/.test(each)));
}"""
# What JupyterLab keeps of its users: no questions about news, every cell drawn, and as dark as the browser asks for.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "apputils-extension/themes": {"adaptive-theme": True},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
MENUS = {"Run All Cells": None, "Restart Kernel and Run All Cells…": "Restart"}

# One notebook shows that a plain run works; all are run from a fresh kernel.
RUN_ALL, RESTART = MENUS
RUNS = [(NOTEBOOKS[0], RUN_ALL), *((path, RESTART) for path in NOTEBOOKS)]

pytestmark = pytest.mark.browser


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def saved_outputs(path) -> list[dict[str, str]]:
    """Return what a saved notebook shows, output by output."""
    cells = [cell for cell in load(path).cells if cell.cell_type == "code"]
    return [output.data for cell in cells for output in cell.outputs if "data" in output]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the notebooks, their outputs taken out, so that what is seen comes from the run."""
    root = tmp_path_factory.mktemp("lab")
    (root / "notebooks").mkdir()
    (root / "data").symlink_to(ROOT / "data")
    for path in NOTEBOOKS:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
        (root / "notebooks" / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory):
    """Start JupyterLab on loopback, with settings of its own and none of this machine's; return its address."""
    home = tmp_path_factory.mktemp("home")
    for name, values in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    places = {"HOME": "", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    places |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "spaces", "IPYTHONDIR": "ipython"}
    environment = os.environ | {name: str(home / place) for name, place in places.items()}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    port = free_port()
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", "--allow-root"]
    options += [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}"]
    log = home / "log"
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], cwd=folder, env=environment, stdout=said, stderr=said
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api?token={TOKEN}", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def wait_for(url: str, server: subprocess.Popen, log) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not answer: {log.read_text()}")


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture
def tab(chromium):
    context = chromium.new_context(viewport={"width": 1500, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    asked = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith(browser.LOCAL)] == []


def run_from_menu(tab, item: str) -> None:
    """Run all cells through the menu, and wait until each has its number."""
    from playwright.sync_api import TimeoutError as TooLate

    for attempt in range(ATTEMPTS):
        tab.get_by_role("menuitem", name="Run", exact=True).click()
        tab.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()
        if MENUS[item]:
            tab.locator(".jp-Dialog .jp-mod-accept").filter(has_text=MENUS[item]).click()
        try:
            tab.wait_for_function(DONE, timeout=PATIENCE / 2)
            return
        except TooLate:
            # JupyterLab drops what is asked of it in the moment its kernel comes; a person would ask again.
            assert attempt + 1 < ATTEMPTS, tab.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()


@pytest.mark.parametrize(("path", "item"), RUNS, ids=[f"{path.stem}: {item}" for path, item in RUNS])
def test_a_notebook_runs_from_the_menu(tab, lab, path, item):
    tab.goto(f"{lab}/lab/tree/notebooks/{path.name}?token={TOKEN}&reset")
    tab.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    tab.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    tab.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    run_from_menu(tab, item)
    errors = tab.locator('[data-mime-type="application/vnd.jupyter.error"], [data-mime-type$="stderr"]')
    assert errors.all_inner_texts() == []
    outputs = saved_outputs(path)
    shown = tab.locator(".jp-Notebook .jp-OutputArea-output")
    for kind, element in (("<table", "table"), ("<mark", "mark")):
        wanted = sum(output.get("text/html", "").count(kind) for output in outputs)
        assert shown.locator(element).count() == wanted, element
    pictures = shown.locator("img[src^='data:image/png']")
    assert pictures.count() == sum("image/png" in output for output in outputs) > 0
    assert all(width > 300 for width in pictures.evaluate_all("all => all.map(each => each.naturalWidth)"))
    # Two signs of money would have become a formula.
    assert shown.locator("mjx-container").count() == 0
    look(tab, path.stem)


def look(tab, name: str) -> None:
    """Keep pictures of the whole notebook, light and dark."""
    high = tab.evaluate("document.querySelector('.jp-Notebook .jp-WindowedPanel-outer').scrollHeight")
    tab.set_viewport_size({"width": 1500, "height": min(high + 200, 16000)})
    for scheme, light in (("light", "true"), ("dark", "false")):
        tab.emulate_media(color_scheme=scheme)
        tab.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")
        # While it changes its looks, JupyterLab lays a veil over the page.
        tab.locator("#jupyterlab-splash").wait_for(state="detached")
        tab.evaluate("document.querySelector('.jp-Notebook .jp-WindowedPanel-outer').scrollTop = 0")
        browser.screenshot(tab, f"jupyterlab-{name}-{scheme}")
