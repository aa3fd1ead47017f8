"""axe-core on every page, light and dark, narrow and wide: nothing serious."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docs.screens import THEMES, WIDTHS, places, served

SERIOUS = ("serious", "critical")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session")
def script() -> str:
    """axe-core itself."""
    base = pytest.importorskip("axe_playwright_python.base", reason="no axe-core here: pip install 'sayso[browser]'")
    return str(
        base.AXE_SCRIPT
        if hasattr(base, "AXE_SCRIPT")
        else (Path(base.__file__).parent / "axe.min.js").read_text("utf-8")
    )


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_serious_on_any_page(browser: Any, full: Path, script: str, theme: str) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, color_scheme=theme)
    context.set_default_timeout(60_000)
    page, found = context.new_page(), list[str]()
    with served(full) as home:
        for name, path in places(full).items():
            page.goto(home + path)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            page.evaluate(script)
            for one in page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]:
                if one["impact"] in SERIOUS:
                    found.append(
                        f"{name}: {one['id']}: {one['nodes'][0]['html'][:160]} ({one['nodes'][0]['failureSummary'][:200]})"
                    )
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_no_page_is_wider_than_the_window(browser: Any, full: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    wide = []
    with served(full) as home:
        for name, path in places(full).items():
            page.goto(home + path)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wide.append(name)
    context.close()
    assert wide == []
