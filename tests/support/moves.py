"""Every operation of the program with something to do: the table from which random plays are drawn.

A move is an operation and three numbers, from which its arguments are made of what the project holds at that moment.
"""

import importlib
import inspect
import pkgutil
import shutil

from builders import Bench, analysis_of, new_article
from factdesk import ops
from factdesk.errors import FactdeskError
from factdesk.exchange.attachments import attachment_of
from factdesk.exchange.second_review import hand_over
from factdesk.model.analysis import FoundLink, FoundOrigin
from factdesk.model.articles import ArticleMeta
from factdesk.model.changes import Changes
from factdesk.model.claims import ClaimKind, Judgement, Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate, TimeGuard
from factdesk.model.given import Given, GivenArticle, GivenClaim, GivenEvidence, GivenLink, GivenMention
from factdesk.model.people import COLOURS
from factdesk.model.spans import Span
from factdesk.model.versions import MarkKind
from factdesk.ops import (
    adjudication,
    articles,
    cases,
    claims,
    cluster_suggestions,
    clusters,
    evidence,
    gate,
    given,
    history,
    intake,
    links,
    mentions,
    merging,
    origins,
    people,
    places,
    rows,
    settings,
    suggestions,
    unmerge,
    versions,
)
from factdesk.project import Project
from factdesk.store.incoming import open_copy, read_incoming

MACHINE = frozenset(
    {suggestions.store_analysis, suggestions.store_links, cluster_suggestions.store_clusters, origins.store_origins}
)
"""Operations that are listed but cannot be undone."""

DAM = "The dam broke in the night, they say today, and nobody had seen it coming. It was the old one, number"
LABELS = ("ORG", "GPE", "DATE")


def all_operations():
    """Every function of the operations that is a step by itself: it takes a transaction and gives what it touched."""
    found = {}
    for module in pkgutil.iter_modules(ops.__path__, f"{ops.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            signature = inspect.signature(function)
            gives = signature.return_annotation
            if (
                function.__module__ != loaded.__name__
                or name.startswith("_")
                or next(iter(signature.parameters)) != "tx"
            ):
                continue
            if gives in {Changes, intake.Taken}:
                found[f"{module.name.rpartition('.')[2]}.{name}"] = function
    return found


class Copied(Bench):
    """A bench at a copy of another one's project, which must be closed."""

    def __init__(self, template, path):
        self.__dict__ |= vars(template)
        shutil.copy(template.path, path)
        self.path = path
        self.project = Project.open(path)
        self.reader = self.project.reader()


class World:
    """What a project holds, for the arguments of moves; raises FactdeskError where there is nothing."""

    def __init__(self, bench):
        self.bench = bench
        self.case = bench.case

    def one(self, number, sql, order="rowid"):  # ids differ from run to run, the order of rows does not
        ids = [row[0] for row in self.bench.reader.rows(f"{sql} ORDER BY {order}")]
        if not ids:
            raise FactdeskError("There is none.")
        return ids[number % len(ids)]

    def article(self, number):
        return self.one(number, "SELECT id FROM articles")

    def member(self, number):
        return self.one(number, "SELECT article_id FROM case_articles", "position, article_id")

    def untouched(self, number):
        """One more article, on which nobody has worked."""
        return self.bench.run(articles.add_article, self.case, new_article(f"Misread, {number} in all.")).created

    def claim(self, number):
        return self.one(number, "SELECT id FROM claims")

    def shown(self, number):
        """A claim of an article in the case."""
        return self.one(number, "SELECT id FROM claims WHERE article_id IN (SELECT article_id FROM case_articles)")

    def mention(self, number):
        return self.one(number, "SELECT id FROM mentions")

    def entity(self, number):
        return self.one(number, "SELECT id FROM entities WHERE merged_into IS NULL")

    def evidence(self, number):
        return self.one(number, "SELECT id FROM evidence")

    def source(self, number):
        return self.one(number, "SELECT id FROM evidence WHERE kind <> 'passage'")

    def cluster(self, number):
        return self.one(number, "SELECT id FROM clusters")

    def place(self, number):
        return self.one(number, "SELECT id FROM cluster_claims")

    def both(self, number, sql):
        """Two columns of one row."""
        found = self.bench.reader.rows(f"{sql} ORDER BY rowid")
        if not found:
            raise FactdeskError("There is none.")
        return tuple(found[number % len(found)])

    def undecided(self):
        """All claims, after their verdicts were taken away."""
        ids = self.ids("claims")
        self.bench.run(claims.mark_claims, ids, None)
        self.bench.run(clusters.mark_clusters, ids, None, self.case)
        return ids

    def half(self, number):
        """A cluster, and one of its claims."""
        cluster, claim = self.both(number, "SELECT cluster_id, claim_id FROM cluster_claims")
        return cluster, [claim]

    def ids(self, table):
        return [row[0] for row in self.bench.reader.rows(f"SELECT id FROM {table} ORDER BY rowid")]

    def text(self, article):
        return self.bench.reader.value("SELECT text FROM articles WHERE id = ?", (article,))

    def version(self, article, number):
        """A newer text of an article: something before it, and perhaps without its last words."""
        text = self.text(article)
        return new_article(
            pick(number, ("Yes. ", "No 🌊. ")) + (text.rpartition(". ")[0] or text if number % 3 else text)
        )

    def analysis(self, article, number):
        """A run that finds this or that."""
        text = self.text(article)
        word = pick(number, text.split()[:3]).strip(".,")
        return analysis_of(article, text, words=[(word, "ORG", word)], scores=[0.5] * (1 + number % 3))

    def given(self, a, b):
        """Marks as another file has them."""
        keys = (GivenClaim(span(a, b), "x", judgement=Judgement(pick(b, Verdict))), GivenClaim(span(b, a), "y"))
        return Given(
            keys,
            (GivenMention(span(a, b), pick(a, LABELS), "Any"),),
            (GivenLink("x", "y", pick(b, Relation)),),
            (GivenEvidence("x", EvidenceKind.NOTE, pick(a, Stance), note="seen"),),
        )

    def found_link(self, a, b, c):
        one, other = self.claim(a), self.claim(b)
        sql = 'SELECT article_id, start, "end" FROM claims WHERE id = ?'
        (first, *here), (second, *there) = (self.bench.reader.one(sql, (claim,)) for claim in (one, other))
        if first == second:
            raise FactdeskError("They stand in one article.")
        return FoundLink(first, Span(*here), second, Span(*there), pick(c, Relation), 0.8)

    def disputed_claim(self, number):
        sql = "SELECT claim_id FROM opinions GROUP BY claim_id HAVING count(DISTINCT reviewer_id) > 1"
        return self.one(number, sql, "min(rowid)")

    def merge(self, number):
        """A copy of another reviewer, and the report that merging it fills."""
        path = pick(number, self.bench.copies)
        with open_copy(path) as copy, copy.snapshot() as theirs:
            return read_incoming(theirs, path, self.ids("articles")), merging.MergeReport(path.name)


def pick(number, values):
    """One of some values, as a number says."""
    chosen = list(values)
    if not chosen:
        raise FactdeskError("There is none.")
    return chosen[number % len(chosen)]


def span(a, b):
    return Span(a % 60, a % 60 + 1 + b % 30)


def maybe(number, values):
    return pick(number, [*values, None])


def copies_for(bench, folder):
    """Blind copies that two others have worked on; they disagree, and one of them marked something of their own."""
    made = []
    for turn, name in enumerate(("Ben", "Cy")):
        path = hand_over(bench.project, folder / f"{name}.factdesk", name).path
        with Project.open(path) as copy:
            for number, claim in enumerate(bench.claims()):
                copy.run(claims.mark_claim, claim.id, list(Verdict)[(number * turn) % 3], None, name)
            copy.run(claims.add_claim, bench.bridge, Span(3, 20 + turn))
        made.append(path)
    return made


MOVES = {
    adjudication.adjudicate: lambda w, a, b, _: (w.case, w.disputed_claim(a), Judgement(pick(b, Verdict)), "Ben"),
    articles.add_article: lambda w, a, _, __: (w.case, new_article(pick(a, ("New text here.", "Another text.")))),
    articles.add_articles: lambda w, a, _, __: (w.case, [new_article(f"Text {each}.") for each in (a % 3, 7)]),
    articles.correct_encoding: lambda w, a, b, _: (w.case, w.untouched(a), new_article(f"Read anew, {b % 99}.")),
    articles.edit_article: lambda w, a, b, _: (w.article(a), ArticleMeta(title=f"Title {b % 3}", language="en")),
    articles.move_article: lambda w, a, b, _: (w.case, w.member(a), b % 5),
    articles.remove_article: lambda w, a, _, __: (w.case, w.member(a)),
    cases.create_case: lambda _, a, __, ___: (f"Case {a}",),
    cases.rename_case: lambda w, a, _, __: (w.case, f"Renamed {a % 3}"),
    claims.accept_claims: lambda w, a, b, _: ([w.claim(a), w.claim(b)],),
    claims.add_claim: lambda w, a, b, c: (w.article(a), span(b, c), pick(c, ClaimKind)),
    claims.mark_claim: lambda w, a, b, c: (w.claim(a), maybe(b, Verdict), None, maybe(c, ("n", ""))),
    claims.mark_claims: lambda w, a, _, __: (w.ids("claims"), maybe(a, Verdict)),
    claims.move_claim: lambda w, a, b, c: (w.claim(a), span(b, c)),
    claims.refuse_claims: lambda w, a, b, _: ([w.claim(a), w.claim(b)],),
    claims.restore_claims: lambda w, a, b, _: ([w.claim(a), w.claim(b)],),
    claims.set_claim_kind: lambda w, a, b, _: (w.claim(a), pick(b, ClaimKind)),
    claims.set_claimant: lambda w, a, b, c: (w.claim(a), f"Mayor {b % 3}", maybe(c, [span(b, c)])),
    claims.set_confidence: lambda w, a, b, _: (w.claim(a), maybe(b, range(0, 101, 10))),
    claims.set_normalised: lambda w, a, b, _: (w.claim(a), pick(b, ("in short", "shorter", ""))),
    claims.set_note: lambda w, a, b, _: (w.claim(a), pick(b, ("a", "ab", "abc", ""))),
    claims.set_reason: lambda w, a, b, _: (w.claim(a), maybe(b, Reason)),
    cluster_suggestions.store_clusters: lambda w, *_: (w.case,),
    clusters.accept_cluster: lambda w, a, _, __: ([w.cluster(a)],),
    clusters.accept_members: lambda w, a, _, __: ([w.place(a)],),
    clusters.confirm_absence: lambda w, a, b, _: (w.case, w.shown(a), w.member(b)),
    clusters.ensure_cluster: lambda w, a, _, __: (w.case, w.shown(a)),
    clusters.link_claims: lambda w, a, b, c: (w.case, w.shown(a), w.shown(b), pick(c, Relation)),
    clusters.mark_cluster: lambda w, a, b, _: (w.case, w.shown(a), maybe(b, Verdict)),
    clusters.mark_clusters: lambda w, a, b, c: ([w.shown(a), w.shown(b)], maybe(c, Verdict), w.case),
    clusters.merge_clusters: lambda w, a, b, _: (w.cluster(a), [w.cluster(b)]),
    clusters.point_at: lambda w, a, b, c: (w.case, w.shown(a), w.member(b), span(b, c), pick(c, Relation)),
    clusters.refuse_members: lambda w, a, b, _: ([w.place(a), w.place(b)],),
    clusters.set_lead: lambda w, a, _, __: w.both(a, "SELECT cluster_id, claim_id FROM cluster_claims"),
    clusters.set_normalised_claim: lambda w, a, b, _: (w.case, w.shown(a), f"In short {b % 3}"),
    clusters.set_relation: lambda w, a, b, _: (w.place(a), pick(b, Relation)),
    clusters.split_cluster: lambda w, a, _, __: w.half(a),
    clusters.unlink_claim: lambda w, a, _, __: (w.case, w.shown(a)),
    clusters.withdraw_absence: lambda w, a, b, _: (w.case, w.shown(a), w.member(b)),
    evidence.add_passage: lambda w, a, b, c: (w.claim(a), w.article(b), span(b, c), pick(c, Stance)),
    evidence.add_source: lambda w, a, b, _: (
        *(w.claim(a), EvidenceKind.FILE, pick(b, Stance), "quoted", "https://example.org", "note"),
        {"attachment": attachment_of(f"file {b % 3}".encode(), "letter.txt")},
    ),
    evidence.edit_evidence: lambda w, a, b, _: (w.evidence(a), pick(b, Stance), f"note {b % 3}"),
    evidence.remove_attachment: lambda w, a, _, __: (w.source(a),),
    evidence.remove_evidence: lambda w, a, _, __: (w.evidence(a),),
    gate.save_gate: lambda _, a, __, ___: (EvidenceGate(verified_origins=a % 2),),
    gate.save_time_guard: lambda _, a, __, ___: (TimeGuard(a % 500),),
    given.store_given: lambda w, a, b, c: (w.case, [GivenArticle(w.member(a), w.given(b, c), "marks.json")]),
    history.redo: lambda *_: (),
    history.undo: lambda *_: (),
    intake.take_in: lambda w, a, b, c: (w.case, [intake.Marked(new_article(f"{DAM} {a % 4}"), w.given(b, c), "in")]),
    intake.take_relations: lambda w, a, b, c: (w.case, [GivenArticle(w.member(a), w.given(b, c), "marks.json")]),
    links.accept_links: lambda w, *_: (w.ids("links"),),
    links.add_link: lambda w, a, b, c: (w.claim(a), w.claim(b), pick(c, Relation)),
    links.refuse_links: lambda w, *_: (w.ids("links"),),
    mentions.accept_mentions: lambda w, a, b, _: ([w.mention(a), w.mention(b)],),
    mentions.add_mention: lambda w, a, b, c: (w.article(a), span(b, c), pick(c, LABELS)),
    mentions.mark_all_occurrences: lambda w, a, _, __: (w.case, w.entity(a)),
    mentions.merge_entities: lambda w, a, b, _: (w.entity(a), [w.entity(b)]),
    mentions.move_mention: lambda w, a, b, c: (w.mention(a), span(b, c)),
    mentions.refuse_mentions: lambda w, a, _, __: ([w.mention(a)],),
    mentions.relabel_mention: lambda w, a, b, _: (w.mention(a), pick(b, LABELS)),
    mentions.rename_entity: lambda w, a, b, _: (w.entity(a), pick(b, ("Anna", "Berta"))),
    mentions.retype_entity: lambda w, a, b, _: (w.entity(a), pick(b, LABELS)),
    mentions.split_mentions: lambda w, a, b, _: ([w.mention(a)], pick(b, ("One", "Two"))),
    merging.merge_copy: lambda w, a, _, __: w.merge(a),
    merging.take_over: lambda w, *_: (w.undecided(),),
    origins.join_origin: lambda w, a, b, _: (w.case, [w.member(a), w.member(b)]),
    origins.leave_origin: lambda w, a, _, __: (w.case, w.member(a)),
    origins.store_origins: lambda w, a, b, _: (w.case, [FoundOrigin((w.member(a), w.member(b)), (1.0, 0.5))]),
    people.rename_reviewer: lambda _, a, __, ___: (f"Ada {a % 3}",),
    people.set_colour: lambda w, a, b, _: (w.one(a, "SELECT name FROM reviewers"), pick(b, ("", *COLOURS))),
    places.save_place: lambda w, a, _, __: ({"case": w.case, "claim": w.claim(a)},),
    rows.confirm_absences: lambda w, a, b, c: (w.case, [(w.shown(a), w.member(b)), (w.shown(a), w.member(c))]),
    rows.merge_rows: lambda w, a, b, _: (w.case, [w.shown(a), w.shown(b)]),
    rows.move_claims: lambda w, a, b, _: (w.case, [w.shown(a)], w.shown(b)),
    rows.remove_claims: lambda w, a, _, __: (w.case, [w.shown(a)]),
    rows.withdraw_absences: lambda w, a, b, c: (w.case, [(w.shown(a), w.member(b)), (w.shown(a), w.member(c))]),
    settings.change_project_setting: lambda _, a, b, __: (pick(a, ("scale", "theme")), maybe(b, ("x", 3))),
    settings.set_project_setting: lambda _, a, __, ___: ("kept by the program", maybe(a, (1, 2))),
    suggestions.store_analysis: lambda w, a, b, _: (w.analysis(w.article(a), b),),
    suggestions.store_links: lambda w, a, b, c: (w.case, [w.found_link(a, b, c)]),
    unmerge.unmerge_entity: lambda w, a, _, __: (w.one(a, "SELECT id FROM entities WHERE merged_into IS NOT NULL"),),
    versions.reattach: lambda w, a, b, c: (w.claim(a), span(b, c)),
    versions.replace_article: lambda w, a, b, _: (w.case, w.member(a), w.version(w.member(a), b)),
    versions.settle_anchor: lambda w, a, _, __: (MarkKind.CLAIM, w.claim(a)),
}  # fmt: skip
"""What each operation is given, from three numbers."""


def play(world, operation, numbers):
    """Does a move; False when a rule of the subject refuses it, or there is nothing to do it with."""
    try:
        arguments = MOVES[operation](world, *numbers)
        keywords = (
            arguments[-1] if arguments and isinstance(arguments[-1], dict) and "attachment" in arguments[-1] else {}
        )
        world.bench.run(operation, *(arguments[:-1] if keywords else arguments), **keywords)
    except FactdeskError:
        return False
    return True
