import pytest

from sayso.articles.furniture import byline_author, take_off

LEAD = "Dario Fenn will leave Harrowmere at the end of the month, a source close to the club told the Wire on Monday."
SECOND = "The club would not comment, but two players said they had been told to expect a new coach by Friday."


def kept(*paragraphs, title=None):
    return take_off("\n\n".join(paragraphs), title=title)[0].split("\n\n")


def reason(line):
    """Why a line between two paragraphs of prose goes; None where it stays."""
    text, removed = take_off(f"{LEAD}\n\n{line}\n\n{SECOND}")
    assert text.startswith(LEAD)
    assert text.endswith(SECOND)
    return removed[0].reason if removed else None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("<", "navigation"),
        (">", "navigation"),
        ("Home > Football > Harrowmere", "navigation"),
        ("Skip to main content", "navigation"),
        ("4 min read", "navigation"),
        ("play", "play mark"),
        ("Fenn on the spot: what the board wants (2:07)", "video caption"),
        ("Ada Quill looks back on a hard week for the coach. (2:07)", "video caption"),
        ("- Stream on Norda+: every league match, more (U.K.)", "promotion"),
        ("Watch the Marsholt derby live on Norda Sport", "promotion"),
        ("READ EVERY STORY, RUMOUR AND RESULT FROM THE WEEKEND", "promotion"),
        ("Click here to download the Wire's app", "promotion"),
        ("18+. Please gamble responsibly. GambleAware. T&Cs apply.", "promotion"),
        ("| Norda Press", "photo credit"),
        ("Getty Images", "photo credit"),
        ("Photo: Lio Marr/Reuters", "photo credit"),
        ("Lio Marr / AFP via Getty Images", "photo credit"),
        ("[Image via Norda TV]", "photo credit"),
        ("Image source, Getty Images", "photo credit"),
        ("Image caption, Fenn on the training ground in March", "caption"),
        ("Dario Fenn arrives for training at the Mill Ground. Lio Marr / AFP7 / Europa Press 02/03/2025", "caption"),
        ("Fenn leaves the ground on Sunday. (Photo by Lio Marr/Getty Images)", "caption"),
        ("FILE PHOTO: Dario Fenn speaks to reporters in Marsholt. REUTERS/Lio Marr", "caption"),
        ("Read more: Fenn says he will never leave", "read more"),
        ("Related: The ten days that shook Harrowmere", "read more"),
        ("Sign up to our weekly letter from the terraces", "subscription"),
        ("The best of the week, straight to your inbox every Friday.", "subscription"),
        ("This site uses cookies to make your visit better. Accept all cookies.", "cookie notice"),
        ("Share this article", "share line"),
        ("Share | Tweet | WhatsApp | Copy link", "navigation"),
        ("Follow us on Facebook and Instagram", "share line"),
        ("Follow Ada Quill on X @adaquill", "share line"),
        ("View this post on Instagram", "embedded post"),
        ("🚨 FENN SE VA. LOS PLANES DEL CLUB PARA MAYO", "embedded post"),
        ("⚽ Contacto nuevo entre el agente y la directiva", "embedded post"),
        ("Advertisement", "advertisement"),
        ("Article continues below", "advertisement"),
        ("feed", "feed"),
        ("214 comments", "comment count"),
        ("Leave a comment", "comment count"),
        ("© 2025 Terrace Wire. All rights reserved.", "copyright"),
        ("Copyright 2025 Norda Media", "copyright"),
        ("Published 14 March 2025 at 10:30", "date line"),
        ("Last updated on 15 March 2025", "date line"),
        ("Ada Quill is a football writer for the Terrace Wire and the author of two books.", "author box"),
        ("Ben Osk covers the league for the Marsholt Star.", "author box"),
        ("(Reporting by Ada Quill; Editing by Ben Osk)", "author box"),
    ],
)
def test_furniture_goes_with_its_reason(line, why):
    assert reason(line) == why


@pytest.mark.parametrize(
    "line",
    [
        "What happens next",
        "WHO COULD FOLLOW HIM",
        "Is his future in the air?",
        "19 April 2025",
        "Share prices fell by a fifth after the report.",
        "Follow-up talks are planned for Thursday, a club official said.",
        "Play was stopped twice on Sunday while the crowd called for the board to go.",
        "Photographs of the meeting, seen by the Wire, show the chairman at the table.",
        "Advertisements for the job will be placed next week, according to the club.",
        "The minister said the site uses cookies without asking, which the company denied.",
        "Reuters reported on Monday that the sale had collapsed (the board denies it).",
        "Published figures show a loss of four million in 2024, more than the board had admitted.",
        "⚽ The club has confirmed that the coach is leaving for good",
        "“Subscribe or you will lose it,” he told the fans' meeting.",
        "Sources say the fee is 2:1 in favour of the buyer (see below).",
        "— Ada Quill (@adaquill) March 14, 2025",
    ],
)
def test_prose_and_headings_stay(line):
    assert reason(line) is None


def test_a_play_mark_takes_title_and_description_with_it():
    text, removed = take_off(f"play\nFenn on the brink\nAda Quill on a hard week. (1:31)\n\n{LEAD}\n\n{SECOND}")
    assert text == f"{LEAD}\n\n{SECOND}"
    assert [item.reason for item in removed] == ["play mark", "video caption", "video caption"]


def test_a_play_mark_without_running_time_takes_nothing_with_it():
    assert kept("play", LEAD, SECOND) == [LEAD, SECOND]


def test_a_long_caption_with_a_licence_goes():
    caption = (
        "Dario Fenn during the training session before the cup match between Harrowmere and Thornby Vale at the Mill "
        "Ground on March 2, 2025, in Marsholt. Lio Marr / AFP7 / Europa Press 02/03/2025 ONLY FOR USE IN NORDA"
    )
    assert reason(caption) == "caption"


def test_key_points_stay_as_lines_of_their_own():
    text, removed = take_off(f"• Fenn is leaving\n• The board met on Monday\n\n{LEAD}")
    assert text == f"- Fenn is leaving\n\n- The board met on Monday\n\n{LEAD}"
    assert removed == ()


def test_bullets_under_a_related_heading_go_and_prose_after_them_stays():
    assert kept(LEAD, "Related articles", "- Fenn: a life", "- The Mill Ground at 100", SECOND) == [LEAD, SECOND]


def test_a_list_of_links_at_the_foot_goes_whole():
    assert kept(LEAD, SECOND, "Most read", "Rain stops play", "Ferry sinks off Marsholt") == [LEAD, SECOND]


def test_a_reporter_who_is_part_of_the_story_is_no_author_box():
    box = "Ada Quill is a reporter for the Marsholt Star who was held for two days."
    assert kept(LEAD, box, "Police let Quill go on Tuesday, and her editor said she was well and at home.")[1] == box


def test_a_line_equal_to_the_title_stays():
    headline = "Watch: minister resigns in tears"
    assert kept(headline, LEAD, title="Watch: Minister resigns in tears") == [headline, LEAD]
    assert kept(headline, LEAD) == [LEAD]


def test_a_byline_goes_and_names_the_author():
    text, removed = take_off(f"Fenn to go\nBy Ada Quill and Ben Osk in Marsholt\n14 March 2025\n\n{LEAD}")
    assert text == f"Fenn to go\n\n{LEAD}"
    assert byline_author(removed) == "Ada Quill and Ben Osk"


def test_each_line_is_a_paragraph_where_lines_are_whole():
    assert kept(f"{LEAD}\n{SECOND}") == [LEAD, SECOND]


def test_hard_wrapped_lines_are_joined_again():
    wrapped = (
        "Fenn to leave at the end of May\n"
        "Dario Fenn will leave Harrowmere at the end of the month, a source\n"
        "close to the club told the Wire on Monday. The club would not say\n"
        "who is to follow him.\n\n"
        "Two players said they had been told to expect a new coach by the\n"
        "end of the week, and that nobody at the club had been surprised.\n"
    )
    headline, first, second = kept(wrapped)
    assert headline == "Fenn to leave at the end of May"
    assert first.endswith("The club would not say who is to follow him.")
    assert second.startswith("Two players said they had been told to expect a new coach by the end of the week")


def test_white_space_and_invisible_characters_are_normalised():
    text, _ = take_off("The \u00a0board\t met\u200b  on Monday.\r\n\r\n\r\nIt agreed.")
    assert text == "The board met on Monday.\n\nIt agreed."


def test_nothing_in_gives_nothing_out():
    assert take_off(" \n\n ") == ("", ())


@pytest.mark.parametrize(
    "line",
    [
        "Listen to the Sideline podcast: new episode every Thursday",
        "Was this forwarded to you by your boss? Get your own copy",
        "Would you let her go? Have your say in our poll.",
        "MORE HARBOUR NEWS FROM THE MAST",
        "Share: Chatterbox · Postcard · Email",
        "Additional reporting by Ada Crane in Westmere",
        "The captain at Friday’s session, eight days before the final. Photo: Norda Pictures / L. Castell",
        "The Mast takes no responsibility for what readers do.",
    ],
)
def test_small_print_of_many_sites_comes_off(line: str) -> None:
    prose = "The council met on Monday and agreed to close the old bridge for the whole of the summer."
    kept, removed = take_off(f"{prose}\n\n{line}")
    assert (kept, [r.text for r in removed]) == (prose, [line])
