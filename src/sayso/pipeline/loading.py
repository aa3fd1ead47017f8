"""Exported JSON lines → ledger: what another ledger had on record is taken in as it stood there, without reading anything again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sayso.errors import InputError
from sayso.exports import Edition, Seen, Taken, taken, whole_reports
from sayso.held import keep_reckonings
from sayso.ledger import ClaimFilter, Kept, Ledger, Version
from sayso.pipeline.asking import LONGEST, reassess
from sayso.pipeline.editing import alone, found_at, placed
from sayso.pipeline.grouping import decisions, group
from sayso.questions import keys
from sayso.reading.terms import Terms, terms
from sayso.records import Article, Claim, Skipped
from sayso.stories import Background, describe, handles, profile

Told = tuple[Claim, str | None]  # a claim, and when it had been recorded
UNREAD = "loaded"  # stands for the reader of an article that came without claims: a true one may still read it


@dataclass(slots=True)
class Loaded:
    """What was taken in, and what was on record before; `refused` are the lines left out, with the reason."""

    articles: int = 0
    claims: int = 0
    questions: int = 0
    stances: int = 0
    known: int = 0
    refused: list[Skipped] = field(default_factory=list)


def load(paths: Iterable[str | Path], *, ledger: Ledger) -> Loaded:
    """Take exported JSON lines into the ledger, all or nothing; loading twice changes nothing.

    Where the ledger was empty, stories are those that the lines name; else articles are placed among what there is. An article on record
    is left as it stands, with the claims read in it here. Outcomes are taken over; rulings by hand are kept as such.
    """
    made = taken((str(path), _lines(Path(path))) for path in paths)
    done = Loaded(refused=made.refused)
    with ledger.as_one():
        empty = not ledger.articles(limit=1)
        _refuse_strangers(ledger, made, done)
        fresh = _keep_articles(ledger, made, done)
        if empty:
            _keep_stories(ledger, made.stories)
        group(ledger)
        if fresh:
            reassess(ledger, articles=fresh)
        there = _on_record(ledger, made.claims)
        made.stances = [one for one in made.stances if one.claim in there]
        _keep_questions(ledger, made, done)
        keep_reckonings(ledger)
    return done


def _lines(path: Path) -> Iterable[str]:
    try:
        # Split at line feeds only: a text may hold other signs that end a line elsewhere.
        return path.read_bytes().decode("utf-8").split("\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; give lines as `sayso export` writes them") from error


def _refuse_strangers(ledger: Ledger, made: Taken, done: Loaded) -> None:
    """Leave out what bears the id of something else on record."""
    for one in ledger.articles(ids=made.articles):
        if one.text != made.articles[one.id].text:
            done.refused.append(Skipped(one.id, "another article with this id is on record"))
            del made.articles[one.id]
    of = _on_record(ledger, made.claims)
    for ident, (claim, _) in list(made.claims.items()):
        if of.get(ident, claim.article) != claim.article:
            done.refused.append(Skipped(ident, "another claim with this id is on record"))
        if claim.article not in made.articles or of.get(ident, claim.article) != claim.article:
            del made.claims[ident]
    for ident, asked in list(made.questions.items()):
        if len(asked.question.text) > LONGEST:
            done.refused.append(Skipped(ident, f"a question of over {LONGEST} characters"))
            del made.questions[ident]
    made.stances = [s for s in made.stances if s.claim in made.claims and s.question in made.questions]


def _on_record(ledger: Ledger, claims: Iterable[str]) -> dict[str, str]:
    """Of these claims, those on record, with the article they stand in."""
    ids = frozenset(claims)
    recorded = ledger.claims(ClaimFilter(ids=ids, every_version=True)) if ids else []
    return {r.claim.id: r.claim.article for r in recorded}


def _keep_articles(ledger: Ledger, made: Taken, done: Loaded) -> set[str]:
    """Keep what is not on record yet; the ids of those articles."""
    known = {one.id for one in ledger.articles(ids=made.articles)}
    claims: dict[str, list[Told]] = defaultdict(list)
    for claim, recorded in made.claims.values():
        claims[claim.article].append((claim, recorded))
    done.known = sum(1 for one in known if not (claims[one] and _awaits(ledger, one)))
    new = [a for a in made.articles.values() if a.id not in known or (claims[a.id] and _awaits(ledger, a.id))]
    reports, alone_there = _as_told(ledger, made, known)
    edited = {version.article for report in reports for version in report}
    new.sort(key=lambda one: (one.id not in edited, *_order(one, made)))
    # Versions that are told go first: what else stands at their addresses is held against them.
    for article in (one for one in new if one.id in edited):
        _keep(ledger, article, claims[article.id], edition=made.editions[article.id], version=None)
    for report in reports:
        ledger.versions.keep(report)
    for article in (one for one in new if one.id not in edited):
        held = claims[article.id]
        version = (
            alone(article)
            if article.id in alone_there
            else placed(article, [claim for claim, _ in held], found_at(article, ledger), ledger).version
        )
        _keep(ledger, article, held, edition=made.editions.get(article.id), version=version)
    done.articles = len(new)
    done.claims = sum(len(claims[one.id]) for one in new)
    return {one.id for one in new}


def _as_told(ledger: Ledger, made: Taken, known: Collection[str]) -> tuple[list[list[Version]], set[str]]:
    """The versions of edited reports as the lines tell them, and the articles that the lines call the only version, where nothing on record
    stands at their addresses. Whatever else there is is placed as if it had been read: reports of which a version is missing, and what meets
    other versions here.
    """
    first = {one: version for one, article in made.articles.items() if one not in known and (version := alone(article))}
    free = {one for one, version in first.items() if not ledger.versions.at(version.address)}
    reports = []
    for of, articles in whole_reports(made.editions).items():
        if free.issuperset(articles):
            came = ((one, seen) for one in articles for seen in _seen(made.editions[one]))
            reports.append([replace(first[one], first=of, **seen._asdict()) for one, seen in came])
    return reports, {one for one in free if one in made.editions and made.editions[one] is None}


def _seen(edition: Edition | None) -> tuple[Seen, ...]:
    return edition.seen if edition else ()


def _awaits(ledger: Ledger, article: str) -> bool:
    """Whether an article on record came without claims, and nobody has read it since."""
    return ledger.is_read(article, UNREAD) and not ledger.claims(ClaimFilter(article=article), limit=1)


def _order(article: Article, made: Taken) -> tuple[str, int, str]:
    """Versions of one report in the order in which they were seen."""
    edition = made.editions.get(article.id)
    return (edition.of, edition.number, article.id) if edition else (article.id, 0, article.id)


def _keep(
    ledger: Ledger, article: Article, held: list[Told], *, edition: Edition | None, version: Version | None
) -> None:
    """Keep an article, with the claims of each reader as they were recorded."""
    found = terms(article) if article.language == "en" else None
    for reader in sorted({claim.reader for claim, _ in held}) or [UNREAD]:
        claims = sorted((claim for claim, _ in held if claim.reader == reader), key=lambda claim: claim.id)
        moments = [at for claim, at in held if at and claim.reader == reader]
        ledger.save(
            article,
            claims,
            reader=reader,
            handles={claim.id: keys(claim) for claim in claims},
            terms=(found.packed(), found.counts.keys()) if found else None,
            version=version,
            recorded=min(moments, default=edition.recorded if edition else None),
        )


def _keep_stories(ledger: Ledger, story_of: Mapping[str, str]) -> None:
    """Put articles that stand in no story yet into those named for them."""
    waiting = [Terms.unpacked(data) for data in ledger.stories.unplaced(most=len(story_of) + 1)]
    by_story: dict[str, list[Terms]] = defaultdict(list)
    for one in waiting:
        if one.article in story_of:
            by_story[story_of[one.article]].append(one)
    log, kept = decisions(ledger), []
    for story, held in by_story.items():
        background = Background(*ledger.stories.background({term for one in held for term in one.counts}))
        summed = profile(story, held, background)
        kept.append(Kept(describe(story, held, background, log), summed.packed(), handles(summed)))
    members = {one.article: story for story, held in by_story.items() for one in held}
    ledger.stories.save(members, kept, ())


def _keep_questions(ledger: Ledger, made: Taken, done: Loaded) -> None:
    followed = {one.question.id for one in ledger.questions.followed()}
    ended = ledger.questions.outcomes()
    for asked in sorted(made.questions.values(), key=lambda one: (one.number or 0, one.question.id)):
        question = asked.question
        if question.id not in followed:
            ledger.questions.add(question)
            done.questions += 1
        if asked.outcome.status != "open" and ended.get(question.id) != asked.outcome:
            ledger.questions.resolve(asked.outcome)
        known = {one.claim: one for one in ledger.questions.stances(question.id)}
        said = [one for one in made.stances if one.question == question.id and known.get(one.claim) != one]
        ruled = ledger.questions.rulings(question.id)
        ledger.questions.save_stances(question.id, said, only=[one.claim for one in said])
        for one in said:
            if one.reason == "by hand" and ruled.get(one.claim) != one.stance:
                ledger.questions.rule(question.id, one.claim, one.stance)
        done.stances += len(said)
