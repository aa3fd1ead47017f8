from __future__ import annotations

import io

import pytest

from sayso.articles.fetch import fetch
from sayso.articles.pdf import is_pdf, read_pdf
from sayso.errors import UnreadableError


def pdf(*pages, title=None, extra=b""):
    """A PDF of these pages, each a list of lines, written by hand."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    info = f"<</Title ({title})>>" if title else "<<>>"
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>".encode()]
    objects.append(b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>")
    for number, lines in enumerate(pages):
        words = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 40 800 Td {words}ET".encode() + extra
        resources = "/Resources <</Font <</F1 3 0 R>>>>"
        objects.append(
            f"<</Type /Page /Parent 2 0 R {resources} /MediaBox [0 0 600 850] /Contents {5 + 2 * number} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(info.encode())
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<</Size %d /Root 1 0 R /Info %d 0 R>>\n" % (len(objects) + 1, len(objects))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        trailer,
        len(out),
    )


REPORT = ["Fenn to leave in May", "Dario Fenn will leave Harrow-", "mere in May, a source told the Wire."]


def test_the_words_of_a_pdf_are_read_and_divided_words_made_whole():
    assert (
        read_pdf(pdf(REPORT)).text
        == "Fenn to leave in May\nDario Fenn will leave Harrowmere in May, a source told the Wire."
    )


def test_a_title_counts_where_the_first_page_bears_it_out():
    assert read_pdf(pdf(REPORT, title="Fenn to leave in May")).title == "Fenn to leave in May"
    assert read_pdf(pdf(REPORT, title="Microsoft Word - final version 2")).title is None


def test_page_numbers_and_running_heads_are_no_text():
    pages = [["The Harbour Post", f"Page text {word} here.", f"{number}"] for number, word in enumerate("abc", 1)]
    assert read_pdf(pdf(*pages)).text == "Page text a here.\n\nPage text b here.\n\nPage text c here."


def test_a_pdf_among_files_is_a_page(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(REPORT))
    (page,) = fetch([tmp_path])
    assert (page.form, page.origin) == ("text", str(path))
    assert page.content.startswith("Fenn to leave")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.4\n", "cannot be opened"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "cannot be opened"),
        (pdf([]), "only pictures"),
        (pdf(*[["x"]] * 301), "300 pages"),
    ],
)
def test_what_cannot_be_read_is_one_line(data, why):
    with pytest.raises(UnreadableError, match=why) as error:
        read_pdf(data)
    assert "\n" not in str(error.value)


def test_a_locked_pdf_says_so():
    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(pdf(REPORT)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(UnreadableError, match="password"):
        read_pdf(out.getvalue())


def test_a_pdf_that_takes_too_long_is_given_up():
    with pytest.raises(UnreadableError, match="longer than"):
        read_pdf(pdf(REPORT), seconds=0.001)


def test_a_file_is_a_pdf_by_its_first_bytes():
    assert is_pdf(b"\n%PDF-1.4")
    assert not is_pdf(b"About the %PDF- mark")
