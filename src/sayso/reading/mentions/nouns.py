"""What the head noun of a description denotes: a person, a group of them, an organisation, a document, an outlet.

Word tables from general knowledge; only the head is looked at ("a report by the council" is a document).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Sort = Literal["person", "organisation", "document", "outlet", "anonymous"]

_PERSON = frozenset(
    (
        "accountant ace activist actor actress administrator adviser advisor agent aide ally ambassador analyst anchor applicant arbitrator "
        "archaeologist archbishop architect artist assistant astronaut astronomer athlete attacker attorney aunt author banker barber barman "
        "barrister backbencher bassist bidder headhunter cop campaigner caller skier diver miller nephrologist shepherd regular walker pensioner biographer bishop boffin bondholder boss boxer boy boyfriend bride broker brother builder burglar buyer bystander campaigner "
        "candidate captain cardinal carer cellist centre-back chair chairman chairwoman chairperson chancellor chef chief child claimant cleaner clerk "
        "client climber coach co-director co-founder colleague colonel columnist comedian commander commissioner commuter companion composer "
        "congressman congresswoman conservationist constable consultant convener coordinator coroner correspondent councillor counsel counsellor "
        "counterpart cousin creator creditor critic curator customer cyclist dad daughter dealer dean defendant defender delegate dentist deputy designer detective "
        "developer dictator diplomat director doctor donor drafter driver drummer economist editor educator employee employer engineer entrepreneur "
        "envoy ex ex-husband ex-wife executive executor expert explorer farmer father fan fiance fiancee fighter financier firefighter fisherman fisherwoman "
        "forecaster forward foreman founder friend fugitive fullback gardener general geologist girl girlfriend goalkeeper governor graduate "
        "gran grandchild granddaughter grandfather grandma grandmother grandson great-gran guard guardian guest guitarist gunman gynaecologist handler head "
        "headmaster headmistress headteacher heir heiress hero historian holder homeowner host hostage housekeeper householder husband hydrologist "
        "informant inspector inmate insider intern interpreter inventor investigator investor jockey journalist judge juror keeper kid king lad lady "
        "landlady landlord landowner lawmaker lawyer leader leaker lecturer librarian lieutenant linguist lord lordship magistrate magnate man manager marshal "
        "matriarch mayor mediator member mentor merchant midfielder midwife millionaire minister miner model monk mother motorist mp mum musician "
        "narrator nationalist naturalist negotiator neighbour neighbor nephew niece novelist nun nurse official officer ombudsman operative opponent "
        "organiser organizer orphan owner painter pal paramedic parent parishioner parliamentarian partner passenger passer-by pathologist patient patriarch patron peacekeeper "
        "peer pensioner person petitioner pharmacist philanthropist philosopher photographer physician physicist physio pianist picker pilot planner player playwright "
        "plumber poet policeman policewoman politician pope porter predecessor premier presenter president priest prince princess principal "
        "printer prisoner producer professor programmer prop prosecutor protester psychiatrist psychologist publicist publican pundit pupil queen ranger "
        "reader rector recruiter referee refugee registrar relative representative republican rescuer researcher resident reviewer rider rival runner "
        "onlooker cashier punter signaller soul underwriter sailor salesman sceptic schoolteacher scholar scientist scout scribbler sculptor secretary senator sergeant servant shareholder sheriff signalman singer sister "
        "sitter skipper socialist soldier solicitor son soprano speaker specialist spectator spokesman spokesperson spokeswoman sponsor staffer stallholder star "
        "statistician stepfather stepmother steward stepson stepdaughter striker student successor superintendent supervisor supplier supporter surgeon surveyor survivor suspect swimmer sister-in-law "
        "tailor promoter breeder hurdler sprinter teacher team-mate teammate technician technologist teenager tenant tennant theologian therapist toddler tourist townsman trader trainer translator traveller treasurer trucker "
        "trustee tutor tycoon umpire uncle undertaker usher veteran vet vicar vice-chairman vice-president victim villager violinist visitor volunteer voter waiter waitress warden "
        "warder watchman welder whip whistleblower widow widower wife winger witness wizard woman worker worshipper writer youngster youth zoologist mother-in-law father-in-law "
        "goaltender champion restaurateur skipper prefect caretaker reporter playmaker netminder brother-in-law son-in-law daughter-in-law great-granddaughter great-grandson stepbrother niece frontman frontwoman headliner showrunner maestro conductor tenor organist choirmaster "
        "abbess abbot adversary angler attache attendee backer beekeeper believer bursar canvasser challenger chaplain chieftain churchwarden cleric collector consul contender curate deacon "
        "defector demonstrator detractor dispatcher elector examiner follower forester friar frontbencher front-bencher fundraiser hardliner hunter imam incumbent invigilator listener marcher "
        "matron medic nominee orderly participant poacher pollster postgraduate prelate rabbi rebel restorer sexton signatory speechwriter sympathiser undergraduate valuer verger"
    ).split()
)
_PLURAL_PEOPLE = frozenset(
    (
        "people persons couple men women children kids team staff crew camp hierarchy family families entourage folk folks townspeople wives clergy majority everyone nobody "
        "somebody someone communities public electorate crowd congregation mps businessmen businesswomen policemen countrymen clansmen fishermen firemen neighbours neighbors "
        "spokesmen lads mums dads locals elders ancients all most four both others here there"
    ).split()
)
GROUPS = frozenset("team staff crew camp hierarchy family entourage public crowd clergy electorate".split())
_ORGANISATION = frozenset(
    (
        "band coastguard league tour estate academy administration admiralty agency airline airport alliance army assembly association authority bank board body brewery brigade broker brokerage bureau "
        "business cabinet campaign cathedral centre center chain chamber charity chapel choir church circuit city clinic club coalition college commission committee company "
        "congress conglomerate consortium consultancy contractor cooperative co-operative corporation council country county court creamery customs department diocese directorate "
        "distillery distributor division embassy enterprise exchange factory federation firm force foundation franchise fund gallery garage giant government group guild hall "
        "holding hospital hotel house housebuilder industry infirmary inquiry inspectorate institute institution insurer jury label laboratory lab lender library lobby "
        "maker management manufacturer market military mill minnows ministry monastery movement municipality museum navy network nonprofit office operator opposition "
        "orchestra organisation organization outfit panel parish parliament parties party partnership practice presidency project prosecution provider publisher quango railway refinery regiment "
        "regulator restaurant retailer resort school secretariat seller senate service shipyard shop side society start-up startup state station studio subsidiary suitor supermarket surgery syndicate "
        "taskforce dairy theatre think-tank treasury tribunal trust union university utility venue vendor watchdog wholesaler winery works yard zoo airlines athletics authorities governments kremlin "
        "patriarchate rectorate synod consulate convent seminary mosque synagogue minster archdiocese priory almshouse polytechnic conservatoire "
        "vatican pentagon defence defense kidnapper militia junta regime monarchy crown spaceport observatory institute chamber auction-house "
    ).split()
)
_DOCUMENT = frozenset(
    (
        "accord accounts affidavit agenda agreement analysis annex announcement appendix app application assessment audit autopsy bill biography book briefing brochure bulletin "
        "census certificate chapter charter chart communique communiqué complaint contract copy correspondence data database deed decision declaration decree deposition diary directive disclosure "
        "document dossier draft email e-mail entry essay estimate evaluation evidence exam extract file filing findings figures flyer folder footnote forecast form gazette graph handbook imprint index indictment inscription inventory invoice "
        "judgment judgement law lawsuit leaflet legend letter licence license line list log logbook manifesto manual manuscript map memo memoir memorandum message minutes motion "
        "note notebook notes notice obituary opinion order outlook pages paper pamphlet paragraph plan plaque poll post-mortem postmortem poster prediction preprint presentation "
        "press-release projection projections proposal prospectus questionnaire reading receipt record records register release report research resolution results review roster ruling schedule script "
        "sign slides speech spreadsheet statement statistics study submission subpoena summary survey table tape teardown telegram testimony text textbook timetable tracker transcript translation treaty trial "
        "tweet-thread verdict video warrant whitepaper will writ annexe screenshots texts blackbox recording recordings recipe measurement clipping test footage almanac sheet album reissue model simulation lease clause cable brief faq residue letters"
    ).split()
)
#: roles that a firm or a state fills as often as a person does: only what else is said tells which
EITHER = frozenset(
    (
        "bidder broker builder buyer competitor contractor creditor dealer developer holder host investor landlord operator owner parent partner promoter "
        "publisher rival seller sponsor supervisor supplier underwriter winner"
    ).split()
)
_OUTLET = frozenset(
    (
        "newspaper paper daily weekly tabloid broadsheet magazine outlet website site blog podcast channel broadcaster newswire wire newsletter journal account monthly "
        "press media publication title gazette periodical programme show feed portal"
    ).split()
)
_TABLES: tuple[tuple[frozenset[str], Sort], ...] = (
    (_DOCUMENT, "document"),
    (_ORGANISATION, "organisation"),
    (_OUTLET, "outlet"),
)
_BODIES = frozenset(
    "police prosecutors auditors bookmakers organisers camps insurers regulators rebels kidnappers".split()
)
_INSIDE = frozenset(("source insider mole pal person people whistleblower confidant confidante acquaintance").split())
_PERSON_ENDINGS = re.compile(
    r"(?:ologist|ographer|ician|maker|keeper|holder|worker|winner|man|woman|men|women|ist|eer|master|mistress|monger|wright|smith|teacher|owner|people)$"
)
#: words that only end like a person's
_NOT_BY_ENDING = frozenset(
    "career beer deer sheer veneer human talisman regimen specimen omen mist twist wrist gist waist fist heist checklist shortlist wishlist".split()
)
#: where the head of a description ends
HEAD_END = re.compile(
    r",|;|\s[–—(]|\s(?:who|whose|whom|which|that|by|for|from|in|on|at|to|with|close|near|of|as|about|after|before|behind|inside|within|over|under|into|against|"
    r"among|around|between|speaking|familiar|briefed|involved|present|aboard|including|led|based|seen|obtained|contacted|above|published|filed|released|posted|sent|shared|lodged|"
    r"circulated|commissioned|read|leaked|reviewed|clocked|acting|working|loyal|included|dated|dating|signed|issued|drawn|made|known|called|named|asked|having|when|where|not|attached|"
    r"representing|written(?!\s[a-z]+$))\b"
)


#: "some in the party": the determiner is the head, the noun after it only says where
_SOME_OF = re.compile(
    r"^(?:some|many|several|two|three|few|most)(?=\s(?:in|on|at|from|around|inside|within|near)\s)", re.I
)
#: a determiner, with the participle that may stand before the noun ("a leaked letter")
_OPENED = re.compile(
    r"^(?:the|an?|this|that|these|those|his|her|its|their|our|my|one|two|three|several|some|many)\s(?:(?:leaked|published|obtained|released|acting|working|loyal|included|signed|dated|reviewed|written|known|led|based|close|near)\s)?",
    re.I,
)


@lru_cache(maxsize=1 << 14)
def head(words: str) -> str:
    """The head noun of a description, lower case, without a possessive ending ("the club's two lawyers who …" → "lawyers")."""
    plain = words.strip(" ,.;:“”\"'‘’()")
    if some := _SOME_OF.match(plain):
        return some[0].lower()
    main = HEAD_END.split(_OPENED.sub("", plain), maxsplit=1)[0].split()
    if main and main[-1].lower() in ("itself", "himself", "herself", "themselves", "alone", "too"):
        main = main[:-1]
    if not main:
        return ""
    return re.sub(r"[’']s?$", "", main[-1]).lower().strip(".,“”\"'‘’")


def single(noun: str) -> str:
    """The noun's singular, as far as its ending tells."""
    for ending, other in (
        ("women", "woman"),
        ("men", "man"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("wives", "wife"),
    ):
        if noun.endswith(ending):
            return noun[: -len(ending)] + other
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def plural(noun: str) -> bool:
    """Whether a head noun speaks of several ("officials", "people")."""
    if noun in _PLURAL_PEOPLE:
        return noun not in GROUPS
    if noun.endswith("people"):
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


@lru_cache(maxsize=1 << 14)
def sort_of(noun: str) -> Sort | None:
    """What a head noun denotes, or None where the tables do not say."""
    one = single(noun)
    if noun in _INSIDE or one in _INSIDE:
        return "anonymous"
    if noun in _BODIES:
        return "organisation"
    if noun != one and one in _PERSON:
        return "person"
    for table, sort in _TABLES:
        if noun in table or one in table:
            return sort
    by_ending = one not in _NOT_BY_ENDING and _PERSON_ENDINGS.search(one)
    if noun in _PERSON or one in _PERSON or noun in _PLURAL_PEOPLE or by_ending:
        return "person"
    last = one.rpartition("-")[2]
    if last != one and last:
        return sort_of(last)
    return None


_FEMALE = frozenset(
    (
        "actress aunt bride chairwoman congresswoman countess dame daughter duchess fiancee fisherwoman girl girlfriend gran granddaughter grandma grandmother great-gran headmistress "
        "heiress lady landlady madam mother mum niece nun policewoman princess queen sister spokeswoman stepmother usherette waitress widow wife woman matriarch ms mrs miss businesswoman "
        "mother-in-law sister-in-law daughter-in-law great-granddaughter frontwoman sportswoman baroness"
    ).split()
)
_MALE = frozenset(
    (
        "barman boy boyfriend brother businessman congressman count dad duke father fiance fisherman foreman gentleman gunman grandfather grandson headmaster husband king lad landlord "
        "lord man mr monk nephew policeman priest prince signalman sir son spokesman stepfather uncle widower salesman father-in-law brother-in-law son-in-law pope frontman "
        "fireman cardinal bishop archbishop baron"
    ).split()
)


def gender_of(words: str) -> str | None:
    """Whether "f" or "m", as the last telling word of a description or title says; None where none does."""
    for word in reversed(re.findall(r"[\w-]+", words.lower())):
        if word in _FEMALE:
            return "f"
        if word in _MALE:
            return "m"
    return None
