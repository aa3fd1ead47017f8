"""The shapes of site furniture: one table, each line a shape that a whole paragraph must have to be taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AGENCY = (
    r"(?:Getty(?: Images)?|GETTY|AFP(?:7|PIX| PHOTO)?|AP(?: Photo| Images)?|(?:The )?Associated Press|Reuters|REUTERS|"
    r"EPA(?:-EFE)?|EFE|Europa Press|(?:IMAGO|Imago|imago)(?: Images)?|PA(?: Media| Images| Wire)?|Press Association|"
    r"Shutterstock|Rex Features|Alamy(?: Live News)?|NurPhoto|DPA|dpa|ANSA|LaPresse|USA Today Sports|"
    r"Icon Sport(?:swire)?|Action Images|ZUMA(?: Press)?|Xinhua|TASS|Bloomberg|Anadolu(?: Agency)?|SOPA Images|"
    r"Sipa(?: USA)?|Sportsfile|Corbis|iStock|Unsplash|Pixabay|Wikimedia Commons|Facebook|Instagram|YouTube)"
)
NAME = r"[A-Z][\w.’'-]*(?: (?:(?:d[aeiu]|de[lnr]|la|le|[ae]l|van?|von|bin|ter|dos) )*[A-Z][\w.’'-]*){0,4}"
_PHOTO = r"(?:Photo(?:graph)?|Image|Picture|Pic|Foto)s?"
_CREDIT = (
    rf"(?:(?:{NAME} ?/ ?)+{_AGENCY}|{_AGENCY}(?: ?/ ?(?:{_AGENCY}|{NAME}))+(?:, {NAME})?|"
    rf"(?:{NAME} ?/ ?|{NAME} )?{_AGENCY} via {_AGENCY})"
)
_SHOT_ON = r"(?: \d\d?[/.]\d\d?[/.]\d{2,4})?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_NETWORK = (
    r"(?:facebook|twitter|instagram|whatsapp|linkedin|reddit|telegram|tiktok|youtube|threads|bluesky|pinterest|"
    r"messenger|flipboard|google|pocket|x)"
)
_SITE_WORD = (
    rf"(?:{_NETWORK}|home|menu|search|sign in|log ?in|log ?out|register|close|next|previous|prev|back|top|print|save|"
    r"share|tweet|post|pin|e-?mail|send|copy(?: link)?|link copied!?|bookmark|comments?|more|sms|contact us|about us|"
    r"photos?|privacy policy|terms(?: of use| and conditions)?|cookie policy|help|faqs?|advertise|follow|subscribe|"
    r"accessibility(?: links)?|(?:skip|jump) to (?:main )?(?:content|navigation)|back to top|load more|newsletters?|"
    r"(?:show|view|see) (?:more|all)|(?:next|previous) article|(?:video )?loading|enlarge(?: this)?(?: image)?|"
    r"toggle caption|view gallery|view full image|continue reading(?: the main story)?)"
)
_EMOJI = re.compile(
    "[\u231a-\u23ff\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]",
)
ENGLISH = re.compile(
    r"\b(?:the|an?|and|or|but|of|to|in|on|at|for|from|with|by|as|is|are|was|were|be|been|has|have|had|will|"
    r"would|his|her|"
    r"their|its|it|he|she|they|that|this)\b",
    re.IGNORECASE,
)
REPORTS = re.compile(
    r"\b(?:said|says?|saying|told|tells|added|according to|announced|reported|wrote|warned|insisted|claimed)\b|"
    r"[“\"][^”\"]{15,}[”\"]"
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a whole paragraph looks like. A `soft` shape gives way where the paragraph quotes or reports somebody."""

    reason: str
    pattern: re.Pattern[str]
    words: int
    soft: bool


def _shape(reason: str, *wholes: str, words: int = 30, soft: bool = False, cased: bool = False) -> _Shape:
    pattern = re.compile("|".join(f"(?:{whole})" for whole in wholes), re.NOFLAG if cased else re.IGNORECASE)
    return _Shape(reason, pattern, words, soft)


_SHAPES = (
    _shape(
        "navigation",
        r"[^\w“”\"‘’']+|_+|\+?\d{1,3}",
        rf"{_SITE_WORD}(?:[\s|,/·•>›»]+{_SITE_WORD})*\W*",
        r"home ?[>›»/|] ?[\w &’'-]+(?: ?[>›»/|] ?[\w &’'-]+)*",
        r"(?:tags|topics|filed under|keywords|categor(?:y|ies))\s?: .+[^.]",
        r"(?:estimated )?reading time\b.*|\d+[ -]min(?:ute)?s? (?:read|listen)|listen to this (?:article|story)\b.*",
        r"scroll down for [^.]{3,60}",
        words=20,
    ),
    _shape("page code", r"<!--.*|[.#@][\w-]+[^.!?]*\{|[a-z-]+:\s?[\w#%.-]+;|\}|[^ ]*\bfunction ?\(.*|\w+\.\w+\(.*\);"),
    _shape(
        "play mark",
        r"(?:[▶►⏵]\s*)?(?:play(?: video| audio| now)?|watch (?:now|video|the video))",
        r"this video can(?:not| not|’t|'t) be played.*|to play this (?:video|audio)\b.*|.*\benable javascript\b.*",
        words=25,
    ),
    # A running time closes a caption; in prose the full stop would come after the bracket.
    _shape("video caption", r".*\(\d{1,2}:[0-5]\d(?::\d\d)?\)|\d{1,2}:\d\d(?::\d\d)?", words=70),
    _shape(
        "advertisement",
        r"(?:advertisements?|advertising|ads?|(?:sponsored|promoted|paid)(?: content| partnership)?)[\s.:-]*",
        r"(?:scroll (?:down )?to continue|advertisement feature)\b.*",
        r"(?:article|story|advertisement)[ -](?:content )?continues (?:below|after)\b.*",
        words=12,
    ),
    _shape("feed", r"(?:rss |news )?feed"),
    _shape(
        "promotion",
        r"listen to (?:the|our) [\w&’' -]{2,40}podcast\b.*",
        r"(?:was this )?forwarded (?:this email|to you)\b.*",
        r"(?:.{0,60}[?!] )?have your say in our poll\W*|liked this\?.*",
    ),
    _shape("promotion", r"MORE [A-Z’' ]+ FROM [A-Z&’' ]+|[A-Z&’' ]{3,30} \| [A-Z&’' ]{3,30}", words=12, cased=True),
    _shape("share line", r"share\s?[:|] ?.{2,80}", words=14, soft=True),
    _shape("read more", r"lea también\b.*|à lire aussi\b.*|lesen sie auch\b.*|leggi anche\b.*"),
    _shape("disclaimer", r".{0,40}\btakes? no responsibility for\b.*", words=20, soft=True),
    _shape("author box", r"\(?(?:additional )?reporting by [^.]{3,80}\)?", words=14),
    _shape("caption", rf".{{8,240}} {_PHOTO}: ?{NAME}(?: ?[/,] ?{NAME})*\.?", words=50, cased=True),
    _shape("photo credit", r"\|\s*[^.|]{2,50}", words=6),
    _shape(
        "photo credit",
        rf"[(\[|©]*\s*(?:{_CREDIT}|(?:© ?|via )?{_AGENCY}|{NAME} ?[|©] ?{_AGENCY})[)\]]*\.?",
        rf"\[(?:[\w’' ]{{2,40}} )?(?i:{_PHOTO}) via .{{2,60}}\]",
        words=16,
        cased=True,
    ),
    _shape(
        "photo credit",
        rf"[(\[]?{_PHOTO} ?(?:credit|courtesy|source|supplied)?s?(?:\s?[:|]| -|, | by:? | courtesy of ).{{2,90}}",
        r"[(\[]?(?:credit\s?: |image source, ).{2,90}|(?:photo|image|picture|caption)",
        words=14,
    ),
    _shape(
        "caption",
        r".*\b(?:ONLY FOR USE IN|EDITORIAL USE ONLY|MANDATORY CREDIT|NO ARCHIVES|NO RESALES?)\b.*",
        r"(?:FILE ?[-–—:] |(?:FILE|File) (?:PHOTO|PICTURE|IMAGE|photo|picture|image)(?::| -| –)).*",
        r"(?:Image|Media|Video) caption,.*|(?:Caption|Pictured): .*",
        words=120,
        cased=True,
    ),
    _shape(
        "caption",
        rf".+ [(\[](?:{_PHOTO}(?: by| credit|:)[^()]{{2,90}}|Credit: [^()]{{2,90}}|{_CREDIT}|AP Photo[^()]*|"
        r"Getty(?: Images)?)[)\]]\.?",
        rf".+[.!?”\"] (?:{_PHOTO}(?: credit)?: [^.]{{2,80}}|{_CREDIT}){_SHOT_ON}\.?",
        words=90,
        cased=True,
        soft=True,
    ),
    _shape(
        "read more",
        r"(?:read|see|find out|learn|discover) more\b.*|read or share this story\b.*",
        r"(?:read|see|watch|listen|video|in pictures)(?: also| next| now| here| this| video)?\s?: .*",
        r"(?:also read|also see|read also|see also|related(?: \w+)?|more|must[- ]read|don[’']t miss|up next|now read|"
        r"in case you missed it|recommended(?: reading)?|editor[’']s (?:pick|choice)|"
        r"(?:more|next) (?:on|from|in) [^:]{2,40})\s?: .+",
    ),
    _shape(
        "promotion",
        r"(?:Stream|Watch|Listen)(?: (?!out )[\w’'&-]+){0,8}?(?: (?:live|now|free))* on (?:the )?[A-Z].*[^.]",
        r"(?:READ|WATCH|LISTEN|CLICK|SIGN UP|SUBSCRIBE|FOLLOW|DOWNLOAD|SHOP|STREAM|GET THE LATEST|MORE (?:ON|FROM)|"
        r"SEE (?:ALSO|MORE)|JOIN (?:US|OUR|THE))\b(?=(?:\W*[A-Z\d]+){3})[^a-z]+",
        words=25,
        cased=True,
    ),
    _shape(
        "promotion",
        r"(?:please )?(?:click|tap|press|swipe) (?:here|on the|the|to|below)\b.*",
        r"(?:download|get) (?:the|our) [\w’'& -]{0,40}\bapp\b.*",
        r"(?:watch|see|read|listen to) [^.]{3,80} below\b[^.]{0,25}",
        soft=True,
    ),
    _shape(
        "promotion",
        r"(?!.*\b(?:originally|first) (?:appeared|published)\b).*\bclick(?:ing)? here\b.*",
        words=14,
        soft=True,
    ),
    _shape(
        "promotion",
        r".*\b(?:gambleaware|t&cs apply|terms (?:and|&) conditions apply|affiliate links|"
        r"may (?:earn|receive) (?:an? )?(?:\w+ )?commission)\b.*",
        words=60,
        soft=True,
    ),
    _shape(
        "subscription",
        r"(?:sign up (?:to|for|now|today|here)|subscribe\b|(?:become|already) a (?:member|subscriber)|"
        r"to (?:continue|keep) reading\b|get (?:our|the|all the) [\w’' -]{0,60}(?:newsletter|inbox)|"
        r"start your (?:free )?trial|this (?:article|story|content) is (?:only )?"
        r"(?:for|available to) (?:subscribers|members)|enter your e-?mail|register (?:now|for free)|"
        r"register to (?:continue|read)|support (?:our|independent|quality) journalism).*",
        r".*\b(?:delivered|straight|direct(?:ly)?) (?:in)?to your inbox\b.*",
        words=45,
        soft=True,
    ),
    _shape(
        "cookie notice",
        r".*\b(?:we|(?:this|our) (?:web)?site) (?:and our partners )?uses? cookies\b.*|.*\bmay be using cookies\b.*",
        r"(?:(?:accept|allow|manage|reject)(?: all)? cookies|cookie (?:settings|preferences|notice))\b.*",
        words=70,
        soft=True,
    ),
    _shape(
        "share line",
        r"(?:share|tweet|post|pin)(?: (?:this|on|via|to|with|the)\b[^.]{0,60})?[.:]?|like this\s?:",
        rf"(?:follow (?:us|me|him|her|[\w .’'@()-]{{2,50}})|(?:like|join|find) us) (?:on\s?|@)(?:{_NETWORK}\b|@).*",
        r"(?:\S+@\S+ )?follow (?:us\b|@\w|on @|on \w+ @).*",
    ),
    _shape(
        "embedded post",
        r"view (?:this post|more) on \w+|an? (?:post|photo|video) (?:shared|posted) by .*|(?:tweets|posts) by @?\w+",
        r"(?:pic\.twitter\.com|https?:/|www\.)\S+|(?:[#@]\w+\s*)+|[\w.-]+\.(?:com|org|net|co\.uk)",
    ),
    _shape(
        "comment count",
        r"\(?\d[\d,.]*k?\)? (?:pending )?(?:comments?|shares?|views?|likes?|replies|reactions)|comments? \(?\d+\)?",
        r"(?:leave|add|post|view|show|read|write) (?:a |all |the )?(?:\d+ )?comments?",
        r"be the first to comment|have your say",
        r"join the (?:conversation|discussion)\b.{0,30}|(?:the )?comments (?:are|section is) closed\b.{0,30}",
        words=12,
    ),
    _shape(
        "copyright",
        rf"[—–]?(?:©|\(c\) |copyright (?:©|\(c\)|\d{{4}}|{_AGENCY})).*|.{{0,120}}\ball rights reserved\b.{{0,140}}",
        words=60,
    ),
    _shape(
        "date line",
        r"(?:first |last )?(?:published|updated|posted|modified)(?: date)?(?: (?:at|on))?\b:?(?=.*\d)[^.!?]*",
        words=16,
    ),
    _shape("author box", r"\(?(?:(?:additional )?reporting (?:and \w+ )?by .*)?\bediting by\b.*", words=60),
    _shape(
        "author box",
        r"(?:have you got|do you have|got) (?:a|any) (?:story|tip)\b.*\?.*",
        r"to contact the (?:reporter|author|editor).*@.*|contact (?:the author|us)\b.*|[^\s@]+@[^\s@]+\.\w+",
        words=40,
        soft=True,
    ),
)

_LONGEST = 1200

DATE_LINE = re.compile(
    rf"(?:\w+day,? )?(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? (?:19|20)\d\d|{_MONTH}\.? \d{{1,2}},? (?:19|20)\d\d)\b"
    r"[^.!?]{0,40}",
    re.IGNORECASE,
)


def reason_for(paragraph: str) -> str | None:
    """Why this paragraph is furniture by its shape alone; None where it is to be read."""
    words = paragraph.lstrip("->»–— ") or paragraph
    words = words[1:-1] if re.fullmatch(r"\[(?:read|related|more|watch|video)\b.*\]", words, re.IGNORECASE) else words
    count = words.count(" ") + 1
    if len(words) > _LONGEST:
        return None
    reports = count > 3 and REPORTS.search(words) is not None
    for shape in _SHAPES:
        if count <= shape.words and not (shape.soft and reports) and shape.pattern.fullmatch(words):
            return shape.reason
    return "embedded post" if count <= 40 and _is_teaser(words) else None


def _is_teaser(words: str) -> bool:
    """An emoji-led line in capitals or without one English grammar word: an embedded post's teaser."""
    if not _EMOJI.match(words):
        return False
    letters = [letter for letter in words if letter.isalpha()]
    shouted = len(letters) >= 8 and sum(letter.isupper() for letter in letters) >= 0.7 * len(letters)
    return shouted or (words.count(" ") >= 3 and ENGLISH.search(words) is None)
