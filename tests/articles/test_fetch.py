import io
import json
import os
from pathlib import Path

import pytest

from sayso.articles.fetch import fetch
from sayso.errors import InputError
from sayso.records import RawPage, Skipped

TEXT = "Dario Fenn will leave Harrowmere in May, a source told the Wire."


@pytest.fixture
def folder(tmp_path):
    """A folder to put files in, by name and content."""

    def put(name, content=TEXT):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    put.root = tmp_path
    return put


def only(*paths, **options):
    (found,) = fetch(paths, **options)
    return found


def names(found):
    return [Path(page.origin).name for page in found]


def test_a_text_file_is_one_page(folder):
    path = folder("a.txt")
    assert only(path) == RawPage(origin=str(path), form="text", content=TEXT)


def test_the_suffix_tells_the_form(folder):
    found = fetch([folder("a.MD"), folder("b.markdown"), folder("c.htm"), folder("d.html")])
    assert [page.form for page in found] == ["markdown", "markdown", "html", "html"]


def test_a_folder_is_read_in_order_with_what_lies_below(folder):
    for name in ("b.txt", "a/z.txt", "a/y.md", "c.html"):
        folder(name)
    assert names(fetch([folder.root])) == ["y.md", "z.txt", "b.txt", "c.html"]


def test_hidden_files_readmes_and_other_kinds_are_passed_over(folder):
    for name in (".hidden.txt", ".git/x.txt", "README.md", "photo.jpg", "a.txt"):
        folder(name)
    assert names(fetch([folder.root])) == ["a.txt"]


def test_a_folder_with_nothing_but_other_kinds_says_so(folder):
    folder("report.docx")
    found = only(folder.root)
    assert isinstance(found, Skipped)
    assert "report.docx" in found.reason


def test_an_empty_folder_says_so(folder):
    assert "empty" in only(folder.root).reason


def test_a_loop_of_links_ends(folder):
    folder("a/one.txt")
    (folder.root / "a" / "again").symlink_to(folder.root)
    assert names(fetch([folder.root])) == ["one.txt"]


def test_a_broken_link_is_named_and_the_rest_goes_on(folder):
    folder("b.txt")
    (folder.root / "a.txt").symlink_to(folder.root / "gone.txt")
    (folder.root / "aa.txt").symlink_to(folder.root / "aa.txt")
    gone, circular, page = fetch([folder.root])
    assert "cannot be opened" in gone.reason
    assert "cannot be opened" in circular.reason
    assert page.content == TEXT


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(folder):
    path = folder("a.txt")
    path.chmod(0)
    assert "cannot be opened" in only(path).reason


def test_a_path_that_does_not_exist_is_an_error_before_the_first_page(folder):
    with pytest.raises(InputError, match=r"^no such file or folder: .*missing\.txt; check the path$"):
        fetch([folder.root / "missing.txt"])


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n\t", "blanks"),
        ("a.txt", b"PK\x03\x04\x00\x00\x00", "not text"),
        ("a.txt", bytes(range(1, 32)) * 20, "not text"),
        ("a.txt", bytes(range(128, 256)) * 5, "encoding"),
        ("a.txt", b"\xff\xfe\x00", "encoding"),
        ("a.docx", b"PK", "not a kind of file"),
        ("a.pdf", b"%PDF", "not a PDF"),
        ("a", b"text", "no suffix"),
        ("a.jsonl", b"\n\n", "no article"),
        ("a.csv", b"text\n", "no article"),
        ("a.csv", b"", "empty"),
    ],
)
def test_what_cannot_be_taken_in_is_named_with_the_reason(folder, name, content, why):
    found = only(folder(name, content))
    assert isinstance(found, Skipped)
    assert why in found.reason
    assert "\n" not in found.reason


def test_a_file_over_20_mb_is_refused(folder):
    assert "20 MB" in only(folder("a.txt", b"word " * 4_000_001)).reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_the_encoding_is_told_from_the_bytes(folder, encoding):
    text = "The café’s owner said “no” again – and Muñoz would not comment on what the board’s members had said."
    assert only(folder("a.txt", text.encode(encoding))).content == text


def test_a_text_in_another_alphabet_is_decoded(folder):
    text = "Тренер сказал, что уйдёт в мае, и больше ничего не добавил. " * 3
    assert only(folder("a.txt", text.encode("cp1251"))).content == text


def test_a_page_is_decoded_as_it_declares(folder):
    page = '<html><head><meta charset="windows-1251"></head><body>Иван сказал, что уйдёт.</body></html>'
    assert "Иван сказал" in only(folder("a.html", page.encode("cp1251"))).content


def test_valid_utf8_beats_a_declaration(folder):
    page = '<html><head><meta charset="iso-8859-1"></head><body>Pérez</body></html>'
    assert "Pérez" in only(folder("a.html", page.encode())).content


def test_line_ends_are_made_the_same(folder):
    assert only(folder("a.txt", b"one\r\ntwo\rthree\xe2\x80\xa8four")).content == "one\ntwo\nthree\nfour"


def test_a_text_file_that_holds_a_page_is_a_page(folder):
    assert only(folder("a.txt", "<!DOCTYPE html><html><body><p>Hi</p></body></html>")).form == "html"


def test_front_matter_gives_the_facts(folder):
    head = "---\ntitle: 'Fenn: I will go'\npublisher: Terrace Wire\nauthor: [Ada Quill, Ben Osk]\ndate: 2025-03-14\n"
    page = only(folder("a.md", f"{head}url: https://wire.example/1\n---\n{TEXT}\n"))
    assert (page.title, page.outlet, page.author) == ("Fenn: I will go", "Terrace Wire", "Ada Quill, Ben Osk")
    assert (page.published, page.url) == ("2025-03-14", "https://wire.example/1")
    assert page.content == f"{TEXT}\n"


def test_front_matter_with_a_colon_in_the_headline_is_still_read(folder):
    page = only(folder("a.md", f"---\ntitle: Fenn: I will go\nsource: Wire\n---\n{TEXT}"))
    assert (page.title, page.outlet) == ("Fenn: I will go", "Wire")


def test_a_rule_at_the_head_is_no_front_matter(folder):
    content = f"---\n{TEXT}\n---\nMore."
    assert only(folder("a.md", content)).content == content


def test_json_lines_give_one_page_a_line(folder):
    rows = [{"text": TEXT, "outlet": "Wire", "date": "2025-03-14"}, {"html": "<p>Hi</p>", "source": {"name": "Star"}}]
    path = folder("a.jsonl", "\n".join(json.dumps(row) for row in rows))
    first, second = fetch([path])
    assert (first.origin, first.form, first.outlet, first.published) == (f"{path}:1", "text", "Wire", "2025-03-14")
    assert (second.origin, second.form, second.outlet) == (f"{path}:2", "html", "Star")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": ', "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ('{"title": "Fenn"}', "no article"),
        ('{"text": 7}', "no article"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(folder, line, why):
    path = folder("a.ndjson", json.dumps({"text": TEXT}) + f"\n{line}\n" + json.dumps({"text": TEXT}))
    found = list(fetch([path]))
    assert found[1].origin == f"{path}:2"
    assert why in found[1].reason
    assert isinstance(found[-1], RawPage) or "array" in found[1].reason


def test_half_a_surrogate_does_not_get_through(folder):
    page = only(folder("a.jsonl", r'{"text": "A \ud83d told\u0000 us", "title": "\ud83d"}'))
    assert page.content == "A \ufffd told us"
    page.title.encode()


def test_csv_rows_are_named_by_the_line_they_begin_on(folder):
    path = folder("a.csv", 'Title,Publisher,text\nOne,Wire,"First line\n\nlast line"\nTwo,,short\n')
    first, second = fetch([path])
    assert (first.origin, first.title, first.outlet) == (f"{path}:2", "One", "Wire")
    assert first.content == "First line\n\nlast line"
    assert (second.origin, second.outlet) == (f"{path}:5", None)


def test_csv_may_use_semicolons_and_any_encoding(folder):
    page = only(folder("a.csv", "title;text\nPérez;“Sí”, he said\n".encode("utf-16")))
    assert (page.title, page.content) == ("Pérez", "“Sí”, he said")


def test_csv_takes_long_texts_and_names_unquoted_ones(folder):
    long = "word " * 40_000
    page, skipped = fetch([folder("a.csv", f"title,text\nOne,{long}\nTwo,he said, and left\n")])
    assert page.content == long
    assert "quotation marks" in skipped.reason


def test_a_table_without_a_text_column_says_what_is_missing(folder):
    assert '"text" or "html"' in only(folder("a.csv", "file,outlet\na.txt,Wire\n")).reason


def test_standard_input_is_text_or_a_page(folder):
    page = only("-", stdin=io.BytesIO(TEXT.encode()))
    assert (page.origin, page.form, page.content) == ("standard input", "text", TEXT)
    assert only("-", stdin=io.BytesIO(b"\n<html><body>Hi</body></html>")).form == "html"
    assert "blanks" in only("-", stdin=io.BytesIO(b"")).reason


def test_a_sidecar_tells_about_files_by_name_or_path(folder):
    table = folder("facts.csv", "file,outlet,date\na.txt,Wire,2025-03-14\nsub/a.txt,Star,\n")
    folder("a.txt")
    folder("sub/a.txt")
    pages = list(fetch([folder.root], metadata=table))
    assert [(page.outlet, page.published) for page in pages] == [("Wire", "2025-03-14"), ("Star", None)]


def test_a_sidecar_beats_front_matter_and_fills_in_rows(folder):
    table = folder("facts.jsonl", '{"file": "a.md", "title": "Ours"}\n{"file": "b.jsonl", "outlet": "Wire"}')
    folder("a.md", f"---\ntitle: Theirs\nauthor: Ada Quill\n---\n{TEXT}")
    folder("b.jsonl", json.dumps({"text": TEXT, "title": "Own"}))
    first, second = fetch([folder.root], metadata=table)
    assert (first.title, first.author) == ("Ours", "Ada Quill")
    assert (second.title, second.outlet) == ("Own", "Wire")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("facts.csv", "outlet\nWire\n", '"file"'),
        ("facts.csv", "", ""),
        ("facts.jsonl", "{", "not JSON"),
        ("facts.jsonl", b"\x00\x00", "cannot be read"),
        ("facts.xlsx", "x", ".csv or .jsonl"),
    ],
)
def test_a_bad_sidecar_is_an_error(folder, name, content, why):
    table = folder(name, content)
    if not content:
        assert only(folder("a.txt"), metadata=table).outlet is None
        return
    with pytest.raises(InputError, match=why) as error:
        fetch([folder("a.txt")], metadata=table)
    assert "facts" in str(error.value)


def test_a_sidecar_that_is_not_there_is_an_error(folder):
    with pytest.raises(InputError, match="no such metadata file"):
        fetch([folder("a.txt")], metadata=folder.root / "none.csv")


def test_a_missing_path_among_others_is_skipped_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text("The mayor said that the bridge will open in June.")
    missing, there = fetch([tmp_path / "missing.txt", tmp_path / "there.txt"])
    assert isinstance(missing, Skipped)
    assert isinstance(there, RawPage)
