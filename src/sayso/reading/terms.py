"""What an article is about, as counted words and names: all that grouping into stories compares.

A capital tells a name only in running text: the first word of a sentence and every word of a headline have one anyway, so those
count as names only where the rest of the text, or the shape of a full name, supports it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sayso.records import Article

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_PARTICLES = frozenset("de da di del della der den van von bin al la le dos do du el of".split())
_TITLES = frozenset(
    (
        "mr mrs ms miss dr sir dame lord lady prof professor president secretary senator sen rep representative gov governor "
        "mayor judge justice captain coach manager minister premier chancellor king queen prince princess pope chief detective officer "
        "inspector sergeant sgt lt capt general gen colonel col attorney congressman congresswoman speaker striker midfielder "
        "defender goalkeeper forward actor actress singer rapper"
    ).split()
)
#: words that, in a run of capitals, make it the name of a body or a place rather than of a person
_BODIES = frozenset(
    (
        "united city real club fc cf party league cup street st road rd avenue ave drive boulevard lane park house university college "
        "bank group council court committee department ministry agency association federation company school hospital times post "
        "news journal television tv radio world states kingdom north south east west northern southern eastern western new san "
        "santa saint champions county international national board institute office bureau union airlines air energy holdings "
        "capital partners athletic rovers town island islands river lake bay sea mount mountain valley beach hill hills hall square "
        "center centre police army force forces senate congress parliament house administration act bill law amendment award awards "
        "show series film games open prix olympic olympics day week year war church press service services systems technologies "
        "corp corporation inc ltd plc co foundation museum airport station bridge tower building prison jail republic democratic "
        "white supreme federal state district central security justice health home foreign republican republicans democrat "
        "democrats american british english french german italian spanish russian chinese indian israeli iranian european african "
        "fire high medical general public affairs defense defence treasury communities"
    ).split()
)
_CALENDAR = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february "
        "march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
        "am pm gmt est edt pst pdt cet utc"
    ).split()
)
#: words too common to tell stories apart, and those in which a report speaks of itself
STOP = (
    frozenset(
        (
            "a about above across after again against ago all almost alone along already also although always am among an and another "
            "any anyone anything are aren't around as at away back be became because become been before began behind being below "
            "between both but by call called came can can't cannot come comes could couldn't did didn't do does doesn't doing don't "
            "done down during each either else enough even ever every everyone everything few for from further gave get gets getting "
            "give given go goes going gone good got had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself "
            "him himself his how however i i'd i'll i'm i've if in including indeed instead into is isn't it it's its itself just keep "
            "know known last later least less let like likely made make makes making many may maybe me might mine more most much must "
            "my myself near need neither never next no nobody none nor not nothing now of off often on once one only onto or other "
            "others our ours ourselves out over own part perhaps put quite rather really s said same saw say saying says see seen shall "
            "she she'd she'll she's should shouldn't since so some someone something soon still such t take taken takes taking tell "
            "than that that's the their theirs them themselves then there there's these they they'd they'll they're they've thing "
            "things this those though through thus to today together told tomorrow too took toward towards two under until up upon us "
            "use used using very via want wanted wants was wasn't way we we'd we'll we're we've well went were weren't what whatever "
            "when where whether which while who whom whose why will with within without won't would wouldn't yesterday yet you you'd "
            "you'll you're you've your yours yourself mr mrs ms miss three four five six seven eight nine ten first second third "
            "according added adding asked reported reportedly reports report reporting update updated published copyright photo image "
            "video getty ap reuters afp newsletter subscribe click read com www http https don didn doesn isn wasn ll ve re n't 's"
        ).split()
    )
    | _CALENDAR
)
#: given names common enough in English-language news to tell a person by; none of them is also a common first word of a body
_GIVEN = frozenset(
    (
        "aaron ada abdul abdullah abigail adam adrian ahmed aisha alan albert alejandro alex alexander alexandra alexei alfred ali alice alison "
        "allison amanda amir amy ana anders andrea andreas andrei andrew andy angela angus ann anna anne anthony anton antonio "
        "antony arthur ashley barack barbara barry beatrice ben benjamin bernard bernie beth betty bill billy bob bobby boris brad "
        "brandon brenda brett brian bruce bryan calvin carl carla carlo carlos carmen carol caroline catherine cathy cecilia chad "
        "charles charlie chelsea cheryl chloe chris christian christina christine christopher chuck cindy claire clara claudia "
        "clive colin connor craig cristiano curtis cynthia daisy damian dan dana daniel daniela danny darren dave david davide dean "
        "deborah debra denis dennis derek diana diane diego dmitry dominic don donald donna doris doug douglas duncan dwayne dylan "
        "earl eddie edgar eduardo edward eileen elaine eleanor elena eli elizabeth ella ellen emily emma emmanuel enrique eric erica "
        "erik erin ernest esther ethan eugene eva evan evelyn fabio fatima felipe felix fernando fiona florentino florence frances "
        "francesco francis francisco francois frank franklin fred frederick gabriel gareth gary gavin gemma geoff geoffrey george gerald "
        "gerard gianni gina giorgio giovanni glenn gloria gordon graham grant greg gregory guillermo gustavo hannah hans harold "
        "harry harvey hassan heather hector helen helena henry herbert hilary hillary howard hugh hugo hussein ian ibrahim igor ingrid "
        "irene isaac isabel isabella ivan jack jackie jackson jacob jacques jake james jamie jan jane janet janice jared jason "
        "javier jay jean jeff jeffrey jennifer jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joe joel johan johann john "
        "johnny jon jonas jonathan jorge jose joseph josh joshua joyce juan judith julia julian julie jurgen justin karen karim karl "
        "kate katherine kathleen kathryn kathy katie keith kelly ken kenneth kevin kim kirsten kurt kyle lance larry lars laura "
        "lauren laurence lawrence leah lee leo leon leonard leonardo leslie lewis liam linda lindsay lindsey lionel lisa liz lois "
        "lorenzo louis louise luca lucas lucy luis luke lynn maggie manuel marc marcel marco marcus margaret maria marie marilyn mario "
        "marion mark marta martha martin mary matt matteo matthew maureen maurice max megan mehmet melanie melissa michael "
        "michel michelle miguel mike mikhail milan mitch mitt mohamed mohammed molly monica muhammad nadia nancy naomi natalie natasha "
        "nathan neil nelson nicholas nick nicola nicolas nigel nikki nina noah noel nora norman oleg oliver olivia omar oscar otto owen "
        "pablo pamela pat patricia patrick paul paula pedro penny pete peter phil philip philippe phillip pierre rachel rafael "
        "ralph ramon randy raul ray raymond rebecca reggie reginald ricardo richard rick robert roberto robin rod rodney rodrigo "
        "roger roland romeo ron ronald rory rosa rose ross roy rudy rupert russell ruth ryan sally sam samantha samuel sandra "
        "santiago sara sarah scott sean sebastian serena sergei sergio seth shane shannon sharon shaun shawn sheila shirley silvia "
        "simon sofia sonia sophia sophie stacey stan stanley stefan stella stephanie stephen steve steven stewart stuart susan "
        "suzanne sven sylvia tamara tara ted teresa terry theodore theresa thomas tiffany tim timothy tina toby todd tom tommy toni "
        "tony tracey tracy travis trevor tyler ursula valerie vanessa vera veronica vicky victor victoria vincent virginia vladimir "
        "walter warren wayne wendy wesley william willie xabi xavier yasmin yolanda yusuf yvonne zach zachary zoe"
    ).split()
)
_ENDS_SENTENCE = re.compile(r"""(?:[.!?…:;•*|]|["“”'‘’(\[]|--|[—–])\s*$""")
_SENTENCES = re.compile(r"[a-z]{2}[.!?][\"”’']?\s+[\"“‘']?[A-Z]")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|St|Jr|Sr|Prof)\.\s*$")
_CURLY = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True, slots=True)
class Terms:
    """What grouping knows of one article. `counts` has words by their root (`root`) and, besides, full names ("ada crane"); `names`
    maps those terms that are names to the way they are written, `forms` other words where their root is not the word itself;
    `people` are the full names that read like persons, most mentioned first. `start` and `end`: first and last day it may have been
    published on (both None where nothing is known). Some 4 kB as JSON.
    """

    article: str
    counts: Mapping[str, int]
    names: Mapping[str, str]
    forms: Mapping[str, str]
    people: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def packed(self) -> str:
        """As JSON, for the ledger; `unpacked` gives the same Terms back."""
        days = [day and day.isoformat() for day in (self.start, self.end)]
        data = [self.article, dict(self.counts), dict(self.names), dict(self.forms), list(self.people), *days]
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpacked(cls, data: str) -> Terms:
        """What `packed` made. Raises ValueError where it did not make it."""
        article, counts, names, forms, people, start, end = json.loads(data)
        return cls(article, counts, names, forms, tuple(people), _day(start), _day(end))


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


class _Word(NamedTuple):
    """A word where it stands: `capital` where it has one, `free` where that is its own and not the sentence's or the headline's;
    `joined` where only a blank, a hyphen or a full stop is between it and the word before.
    """

    text: str
    key: str
    root: str
    capital: bool
    free: bool
    joined: bool


def terms(article: Article) -> Terms:
    """The terms of one article. A text without words has none; that is no error."""
    words = list(_words(article.text))
    own = _own_names(words)
    runs = list(_runs(words, own))
    telling = [w for w in words if w.key not in STOP and len(w.key) > 1]
    counts = Counter(w.root for w in telling)
    names = dict(own)
    forms = _forms(w for w in telling if w.root not in names)
    full = Counter(_folded(run) for run in runs if len(run) > 1)
    for run in runs:
        if len(run) > 1:
            names.setdefault(_folded(run), " ".join(w.text for w in run))
    alone = Counter(_folded(run) for run in runs if len(run) == 1)
    shown = _shown_to_be_people(words)
    people = sorted(
        (key for key in full if _is_person(key.split(), shown)), key=lambda k: (-full[k] - alone[k.split()[-1]], k)
    )
    published = article.published
    return Terms(article.id, dict(counts + full), names, forms, tuple(people), published.start, published.end)


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """A word without accents, capitals and the commonest endings, so that "resigned", "resigns" and "resign" are one."""
    bare = unicodedata.normalize("NFD", word.lower())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    if len(bare) > 4 and bare.endswith("ies"):
        bare = bare[:-3] + "y"
    elif len(bare) > 3 and bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        bare = bare[:-1]
    for ending in ("ing", "ed"):
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            bare = bare[: -len(ending)]
            return (bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare).rstrip("e")
    return bare.rstrip("e") if len(bare) > 4 else bare


def _folded(run: list[_Word]) -> str:
    """The key of a name: its words without capitals and accents ("florentino perez"); of a single word its root."""
    if len(run) == 1:
        return run[0].root
    joined = unicodedata.normalize("NFD", " ".join(w.key for w in run))
    return "".join(c for c in joined if not unicodedata.combining(c))


def _forms(words: Iterable[_Word]) -> dict[str, str]:
    """The commonest way each root is written, where that is not the root itself."""
    seen: dict[str, Counter[str]] = {}
    for word in words:
        seen.setdefault(word.root, Counter())[word.key] += 1
    common = {key: min(forms, key=lambda f: (-forms[f], f)) for key, forms in seen.items()}
    return {key: form for key, form in common.items() if form != key}


def _words(text: str) -> Iterator[_Word]:
    for line in unicodedata.normalize("NFC", text).translate(_CURLY).splitlines():
        found = list(_TOKEN.finditer(line))
        shouted = not _SENTENCES.search(line) and _is_headline([m[0] for m in found])
        before = 0
        for match in found:
            gap = line[before : match.start()]
            first = before == 0 or (gap != " " and _ended(line, before, match.start()))
            joined = not first and gap in (" ", "-", ". ", ".")
            whole = match[0].removesuffix("'s")
            yield _Word(whole, whole.lower(), root(whole), whole[:1].isupper(), not first and not shouted, joined)
            before = match.end()


def _ended(line: str, start: int, end: int) -> bool:
    """Whether a sentence ends in what stands between two words."""
    # the last word is enough to tell an abbreviation; a line of a hundred thousand words would be gone through for each of them
    return bool(_ENDS_SENTENCE.search(line, start, end)) and not _ABBREVIATED.search(line[max(0, start - 6) : end])


def _is_headline(words: Sequence[str]) -> bool:
    """Whether capitals tell nothing in this line: it is short, and all its longer words have one, but for the like of "between"."""
    longer = [w for w in words[1:] if len(w) > 3 and w[0].isalpha() and w.lower() not in STOP]
    return len(words) <= 25 and len(longer) >= 3 and sum(w[0].isupper() for w in longer) >= 0.9 * len(longer)


def _own_names(words: list[_Word]) -> dict[str, str]:
    """The roots that have a capital of their own at least as often as none, with the way they are written there."""
    with_capital, without = Counter[str](), Counter[str]()
    written: dict[str, Counter[str]] = {}
    for word in words:
        if not word.capital:
            without[word.root] += 1
        elif word.free and word.key not in STOP and word.key not in _TITLES and len(word.key) > 1:
            with_capital[word.root] += 1
            written.setdefault(word.root, Counter())[word.text] += 1
    return {
        key: min(texts, key=lambda t: (-texts[t], t.isupper(), t))
        for key, texts in written.items()
        if with_capital[key] >= without[key]
    }


def _runs(words: list[_Word], own: Mapping[str, str]) -> Iterator[list[_Word]]:
    """Names where they stand: words in a row that are names, with particles between and initials among them. The first word of a
    sentence belongs where it is a name elsewhere, or where it is no common word and a name follows.
    """
    lower = {w.root for w in words if not w.capital}
    run: list[_Word] = []
    for word, after in pairwise([*words, _Word("", "", "", capital=False, free=False, joined=False)]):
        if run and not word.joined:
            yield from _trimmed(run)
            run = []
        opens = (
            not run
            and word.capital
            and after.joined
            and after.root in own
            and after.capital
            and word.key not in STOP
            and word.key not in _TITLES
            and word.root not in lower
        )
        named = word.capital and (word.root in own or (len(word.key) == 1 and word.key != "i"))
        if named or opens or (run and word.key in _PARTICLES and (word.key != "of" or run[-1].key in _BODIES)):
            run.append(word)
        elif run:
            yield from _trimmed(run)
            run = []
    if run:
        yield from _trimmed(run)


def _trimmed(run: list[_Word]) -> Iterator[list[_Word]]:
    """The run without particles and initials at its end; at most five words."""
    while run and (run[-1].key in _PARTICLES or len(run[-1].key) == 1):
        run = run[:-1]
    if 0 < len(run) <= 5 and any(len(w.key) > 1 for w in run):
        yield run


def _shown_to_be_people(words: list[_Word]) -> frozenset[str]:
    """Words with a capital that stand after a title ("coach", "Mr") or before "who" or an age: the last words of persons' names."""
    shown = set()
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        age = after.key.isdigit() and len(after.key) == 2 and not after.joined
        if word.capital and (before.key in _TITLES or after.key in ("who", "whose") or age):
            shown.add(_folded([before, word]).split()[-1])
            if before.key in _TITLES and after.capital and after.joined:
                shown.add(_folded([word, after]).split()[-1])
    return frozenset(shown)


def _is_person(words: list[str], shown: Collection[str]) -> bool:
    """Whether a full name reads like a person's: two to four words, none of them a body's or a place's, and a known given name
    first or words around it that are said of persons only.
    """
    if not 2 <= len(words) <= 4 or any(w in _BODIES or w in _CALENDAR or w in _TITLES or w == "of" for w in words):
        return False
    return words[0] in _GIVEN or words[-1] in shown
