"""English word forms: a verb's, by rule and table, so that the lexicon can be kept in lemmas."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

_TABLE: Final = """
be is being was been|have has having had had|do does doing did done|go goes going went gone|leave leaves leaving left left
quit quits quitting quit quit|step steps stepping stepped stepped|buy buys buying bought bought|sell sells selling sold sold
win wins winning won won|lose loses losing lost lost|beat beats beating beat beaten|take takes taking took taken
give gives giving gave given|get gets getting got got|make makes making made made|keep keeps keeping kept kept
hold holds holding held held|let lets letting let let|cut cuts cutting cut cut|put puts putting put put|set sets setting set set
shut shuts shutting shut shut|run runs running ran run|stand stands standing stood stood|say says saying said said
tell tells telling told told|think thinks thinking thought thought|know knows knowing knew known|hear hears hearing heard heard
find finds finding found found|bring brings bringing brought brought|throw throws throwing threw thrown
withdraw withdraws withdrawing withdrew withdrawn|draw draws drawing drew drawn|fall falls falling fell fallen
rise rises rising rose risen|grow grows growing grew grown|sink sinks sinking sank sunk|shrink shrinks shrinking shrank shrunk
meet meets meeting met met|feel feels feeling felt felt|see sees seeing saw seen|seek seeks seeking sought sought
send sends sending sent sent|spend spends spending spent spent|lie lies lying lay lain|lay lays laying laid laid
pay pays paying paid paid|break breaks breaking broke broken|choose chooses choosing chose chosen|come comes coming came come
become becomes becoming became become|overcome overcomes overcoming overcame overcome|swear swears swearing swore sworn
begin begins beginning began begun|build builds building built built|wed weds wedding wed wed|hit hits hitting hit hit
strike strikes striking struck struck|sign signs signing signed signed|free frees freeing freed freed|die dies dying died died
tie ties tying tied tied|lead leads leading led led|shed sheds shedding shed shed|tear tears tearing tore torn
forbid forbids forbidding forbade forbidden|bid bids bidding bid/bade bid/bidden|bet bets betting bet bet|write writes writing wrote written
show shows showing showed shown|shake shakes shaking shook shaken|shoot shoots shooting shot shot|hang hangs hanging hung hung
cling clings clinging clung clung|overthrow overthrows overthrowing overthrew overthrown|overrun overruns overrunning overran overrun
vie vies vying vied vied|read reads reading read read|understand understands understanding understood understood
forget forgets forgetting forgot forgotten|foresee foresees foreseeing foresaw foreseen|split splits splitting split split
turn turns turning turned turned|wind winds winding wound wound|axe axes axing axed axed|ax axes axing axed axed
bind binds binding bound bound|mean means meaning meant meant|sit sits sitting sat sat|slide slides sliding slid slid
focus focuses focusing focused focused|veto vetoes vetoing vetoed vetoed|fight fights fighting fought fought|drop drops dropping dropped dropped
bear bears bearing bore borne|bite bites biting bit bitten|bleed bleeds bleeding bled bled|blow blows blowing blew blown
breed breeds breeding bred bred|broadcast broadcasts broadcasting broadcast broadcast|burst bursts bursting burst burst|cast casts casting cast cast
catch catches catching caught caught|cost costs costing cost cost|creep creeps creeping crept crept|deal deals dealing dealt dealt
dig digs digging dug dug|drink drinks drinking drank drunk|drive drives driving drove driven|eat eats eating ate eaten|feed feeds feeding fed fed
flee flees fleeing fled fled|fly flies flying flew flown|forecast forecasts forecasting forecast forecast|forgive forgives forgiving forgave forgiven
forgo forgoes forgoing forwent forgone|freeze freezes freezing froze frozen|grind grinds grinding ground ground|hide hides hiding hid hidden
hurt hurts hurting hurt hurt|kneel kneels kneeling knelt knelt|leap leaps leaping leapt leapt|lend lends lending lent lent
light lights lighting lit lit|mislead misleads misleading misled misled|mistake mistakes mistaking mistook mistaken
offset offsets offsetting offset offset|outdo outdoes outdoing outdid outdone|oversee oversees overseeing oversaw overseen
overtake overtakes overtaking overtook overtaken|prove proves proving proved proven|rebuild rebuilds rebuilding rebuilt rebuilt
redo redoes redoing redid redone|repay repays repaying repaid repaid|resell resells reselling resold resold|reset resets resetting reset reset
rethink rethinks rethinking rethought rethought|rewrite rewrites rewriting rewrote rewritten|rid rids ridding rid rid|ride rides riding rode ridden
ring rings ringing rang rung|sing sings singing sang sung|sleep sleeps sleeping slept slept|speak speaks speaking spoke spoken
speed speeds speeding sped sped|spin spins spinning spun spun|spread spreads spreading spread spread|spring springs springing sprang sprung
steal steals stealing stole stolen|stick sticks sticking stuck stuck|sweep sweeps sweeping swept swept|swell swells swelling swelled swollen
swim swims swimming swam swum|swing swings swinging swung swung|teach teaches teaching taught taught|thrust thrusts thrusting thrust thrust
tread treads treading trod trodden|undercut undercuts undercutting undercut undercut|undergo undergoes undergoing underwent undergone
undertake undertakes undertaking undertook undertaken|undo undoes undoing undid undone|uphold upholds upholding upheld upheld
upset upsets upsetting upset upset|wake wakes waking woke woken|wear wears wearing wore worn|weave weaves weaving wove woven
weep weeps weeping wept wept|withhold withholds withholding withheld withheld|withstand withstands withstanding withstood withstood
wring wrings wringing wrung wrung
"""
_IRREGULAR: Final = {row.split()[0]: tuple(row.split()) for row in _TABLE.replace("\n", "|").split("|") if row.strip()}
_DOUBLES: Final = frozenset(
    "plan drop ban axe bar step stop scrap chop hop rub dub jet nod permit commit submit admit refer defer occur transfer prefer "
    "compel propel expel rebut rebuff cancel travel tip trim tap slap stun snub slim cap wrap swap shelve nab nip mop ship strip "
    "unplug acquit outfit outbid tug thwart pin dismantle annul".split()
) - frozenset("axe rebuff shelve thwart dismantle".split())


class Verb(NamedTuple):
    """The five forms of a verb; each but the base may have spellings."""

    base: str
    third: frozenset[str]
    ing: frozenset[str]
    past: frozenset[str]
    participle: frozenset[str]

    def all(self) -> frozenset[str]:
        """Every form."""
        return _all(self)


@cache
def _all(verb: Verb) -> frozenset[str]:
    return verb.third | verb.ing | verb.past | verb.participle | {verb.base}


@cache
def verb(lemma: str) -> Verb:
    """The forms of a lemma. `be` has its finite forms among third and past."""
    if lemma == "be":
        return Verb("be", frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"}), frozenset({"being"}),
                    frozenset({"was", "were"}), frozenset({"been"}))  # fmt: skip
    if row := _IRREGULAR.get(lemma):
        return Verb(lemma, *(frozenset(form.split("/")) for form in row[1:]))
    head, dash, last = lemma.rpartition("-")
    third, ing, past = _regular(last)
    prefix = head + dash
    made = [frozenset(prefix + form for form in forms) for forms in (third, ing, past)]
    return Verb(lemma, made[0], made[1], made[2], made[2])


def _regular(lemma: str) -> tuple[set[str], set[str], set[str]]:
    if lemma.endswith("e"):
        stem = lemma[:-1]
        return {lemma + "s"}, {lemma + "ing" if lemma.endswith(("ee", "oe", "ye")) else stem + "ing"}, {lemma + "d"}
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return {lemma[:-1] + "ies"}, {lemma + "ing"}, {lemma[:-1] + "ied"}
    third = {lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")}
    if lemma in _DOUBLES:
        doubled = lemma + lemma[-1]
        return third, {doubled + "ing", lemma + "ing"}, {doubled + "ed", lemma + "ed"}
    return third, {lemma + "ing"}, {lemma + "ed"}


@cache
def inflected(lemma: str) -> frozenset[str]:
    """All forms of a verb."""
    return verb(lemma).all()


@cache
def spellings(word: str, inflected: bool) -> frozenset[str]:
    """How a further word of a form may be written: as it is or with an s, and, if inflected, in any form that a verb has."""
    plain = {word, word + "s"}
    return frozenset(plain | verb(word).all() if inflected and word.isalpha() else plain)


@cache
def nouns(word: str) -> frozenset[str]:
    """A noun and its plural."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return frozenset({word, word[:-1] + "ies"})
    return frozenset({word, word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")})


_PASTS: Final = frozenset(form for row in _IRREGULAR.values() for forms in row[3:] for form in forms.split("/"))


def is_past(word: str) -> bool:
    """Whether a word may be a verb's past or participle."""
    return word in _PASTS or (word.endswith("ed") and len(word) > 3)
