from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.web.visiting import REPORTS

NEWS = "The Harbour Post reported on Friday that Marta Quill will leave Calder Rovers in June. Marta Quill will not stay, president Ivo Brandt said."


def test_from_adding_a_report_to_a_record_that_changes(page: Any, home: str, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(f"date 2025-03-14\nQuill on her way\n\n{NEWS}")
    page.goto(home + "/add")
    page.set_input_files("input[name=files]", str(tmp_path / "news.txt"))
    page.click("text=Read the files")
    page.wait_for_selector("h1:text('Added')")
    page.click("section[aria-labelledby=h-stories] a")
    assert "Quill" in page.inner_text("h1")

    page.click(".story-chart.wide a[href='/questions/1']")
    assert "belief in yes" in page.inner_text("main")
    page.click(".sides a[href^='/articles/'] >> nth=0")
    page.wait_for_url(re.compile(r"/articles/.*#e-\d+-\d+"))
    assert page.evaluate("document.querySelector(':target')?.textContent || ''").strip()

    page.goto(home + "/questions/1")
    claim = page.locator("details.correct").first
    claim.locator("summary").click()
    claim.locator("select").select_option("unrelated")
    claim.locator("button").click()
    page.wait_for_url(re.compile("done=stance"))
    assert "1 claim set as unrelated" in page.inner_text("main")

    page.goto(home + "/questions/1")
    proposed = page.locator(".proposed").first
    assert "Stated as done" in proposed.inner_text()
    proposed.locator("button").click()
    page.wait_for_url(re.compile("done=resolved"))
    page.goto(home + "/sources")
    assert "1 question" in page.inner_text("main")


def test_a_narrow_page_and_a_wide_one_each_have_their_chart(page: Any, home: str) -> None:
    page.goto(home + "/stories/quill")
    assert [page.locator(f".story-chart.{one}").is_visible() for one in ("narrow", "wide")] == [False, True]
    page.set_viewport_size({"width": 390, "height": 800})
    assert [page.locator(f".story-chart.{one}").is_visible() for one in ("narrow", "wide")] == [True, False]


def test_a_marked_word_opens_its_claim(page: Any, home: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(home + "/questions/1")
    page.click(".sides .stand a[href^='/articles/'] >> nth=0")
    page.locator(".text a.m.cue").first.click()
    assert "how surely" in page.inner_text("#popup")
    page.keyboard.press("Escape")
    assert page.locator("#popup").is_hidden()


def test_the_slider_goes_back_in_time(page: Any, home: str) -> None:
    page.goto(home + "/questions/1")
    now = page.inner_text(".stand-now .big")
    slider = page.locator("form.asof input[type=range]")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function("now => document.querySelector('.stand-now .big').innerText !== now", arg=now)
    assert "as_of=2025-03-03" in page.url


def test_without_script_the_pages_still_work(browser: Any, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(home + "/questions/1")
    page.fill("form.asof input[name=as_of]", "2025-03-03")
    page.click("form.asof button")
    assert "as_of=2025-03-03" in page.url
    page.goto(home + "/add")
    page.fill("textarea[name=text]", REPORTS["a.txt"][3])
    page.click("text=Read the text")
    page.wait_for_selector("h1:text('Added')")  # the page reloads itself
    context.close()


def test_the_keyboard_reaches_the_search(page: Any, home: str) -> None:
    page.goto(home + "/")
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement?.name === 'q' || location.pathname === '/search'")
    assert page.locator("[name=q]").count()


def test_the_report_opens_from_disk_without_a_network(browser: Any, made: Path, tmp_path: Path) -> None:
    out = tmp_path / "story.html"
    run = subprocess.run(
        [sys.executable, "-m", "sayso", "report", "quill", "-o", str(out), "--db", str(made)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    context = browser.new_context(offline=True)
    context.set_default_timeout(60_000)
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))
    page.goto(out.as_uri())
    assert "Quill" in page.inner_text("h1")
    slider = page.locator("input[type=range]").first
    slider.focus()
    page.keyboard.press("Home")
    context.close()
    assert wrong == []
