"""The documentation in a browser: what is drawn is where it belongs, and can be read."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.needing import need

DOCS = Path(__file__).parents[2] / "docs"
CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
PAGES = sorted(
    str(page.relative_to(DOCS).with_suffix("")).replace(os.sep, "/")
    for page in DOCS.rglob("*.md")
    if page.parent.name not in {"_build", "rules"} and "{keras:" in page.read_text(encoding="utf-8")
)
WIDTHS = (1200, 390)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serves the pages, and what browsers ask for besides."""

    def do_GET(self):
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the built documentation is served."""
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-d", f"{folder}/trees"]
    subprocess.run([*command, str(DOCS), f"{folder}/html"], check=True)
    handler = partial(Pages, directory=f"{folder}/html")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Chromium without a window."""
    program, driver = need("chromium", "chromedriver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(driver)
    opened = webdriver.Chrome(options=options, service=service)
    yield opened
    opened.quit()


def show(browser, address, page, width):
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get(f"{address}/{page}.html")


def switch(browser, theme):
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def look(browser, address, page, width):
    """The number of pictures on a page, and what is wrong with them or the page."""
    show(browser, address, page, width)
    pictures, problems = 0, []
    for theme in ("light", "dark"):
        switch(browser, theme)
        pictures, wrong = browser.execute_script(CHECKS)
        problems += [f"{page}, {theme}: {problem}" for problem in wrong]
    said = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    return pictures, [*problems, *(f"{page}: {entry['message']}" for entry in said)]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_pictures_are_drawn_as_they_should_be(browser, address, page, width):
    pictures, problems = look(browser, address, page, width)
    assert pictures
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("width", WIDTHS)
def test_rules_are_illustrated(browser, address, width):
    names = [f"rules/{path.stem}" for path in sorted((DOCS / "rules").glob("*.md"))]
    looked = [look(browser, address, name, width) for name in names]
    problems = [problem for _, found in looked for problem in found]
    assert not problems, "\n".join(problems)
    assert sum(pictures > 0 for pictures, _ in looked) > 10


def test_the_reader_chooses_light_and_dark(browser, address):
    show(browser, address, "tutorial", 1200)
    fill = "return getComputedStyle(document.querySelector('svg.keraslint .kl-title')).fill"
    switch(browser, "light")
    light = browser.execute_script(fill)
    switch(browser, "dark")
    dark = browser.execute_script(fill)
    browser.execute_script("document.body.dataset.theme = 'light'")
    assert browser.execute_script(fill) == light != dark
    browser.execute_script("document.body.dataset.theme = 'dark'")
    switch(browser, "light")
    assert browser.execute_script(fill) == dark


def test_compared_layers_stand_side_by_side_and_on_a_phone_below_each_other(browser, address):
    tops = "return [...document.querySelector('.keraslint-compare').children].slice(0, 2)"
    tops += ".map(each => each.getBoundingClientRect().top)"
    show(browser, address, "tutorial", 1200)
    first, second = browser.execute_script(tops)
    assert first == second
    show(browser, address, "tutorial", 390)
    first, second = browser.execute_script(tops)
    assert first < second


def test_the_checks_see_what_is_wrong(browser, tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text(
        "<body style='background: white'><p style='width: 3000px'>wide</p>"
        "<svg class='keraslint' width='400' height='200'><title>picture</title>"
        "<rect class='kl-card' fill='#eee' x='10' y='10' width='60' height='40'/>"
        "<rect class='kl-card' fill='#eee' x='40' y='30' width='90' height='60'/>"
        "<rect class='kl-card' fill='#000' x='200' y='10' width='60' height='40'/>"
        "<text x='205' y='30' fill='#fff'>too long for it</text>"
        "<text x='205' y='45' fill='#333' font-size='8'>dark</text>"
        "<text x='380' y='100'>outside</text>"
        "<polyline class='kl-flow' fill='none' stroke='#000' points='150,30 300,30'/></svg>",
        encoding="utf-8",
    )
    browser.get(page.as_uri())
    _pictures, problems = browser.execute_script(CHECKS)
    said = "\n".join(problems)
    for wrong in (
        "two boxes overlap",
        "an edge runs through a box",
        '"too long for it" leaves its box',
        '"dark" has a contrast of 1.',
        '"outside" leaves the picture',
        "the page is 3",
    ):
        assert wrong in said
