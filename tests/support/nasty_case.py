"""A case that breaks careless exporters: odd characters, overlapping marks, reviewers who disagree, all kinds of evidence.

Texts, marks and verdicts are always the same; only ids of what people make and times differ from run to run.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import MODEL, Bench
from factdesk.exchange.attachments import attachment_of
from factdesk.model.analysis import Analysis, FoundClaim, FoundLink, FoundMention, FoundSentence
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import ClaimKind, Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.model.values import Attribution, Value, ValueKind
from factdesk.ops.articles import add_article
from factdesk.ops.cases import create_case
from factdesk.ops.claims import add_claim, mark_claim, refuse_claims, set_claimant, set_normalised
from factdesk.ops.clusters import confirm_absence, link_claims, mark_cluster, set_normalised_claim
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.history import undo
from factdesk.ops.mentions import accept_mentions, add_mention, refuse_mentions
from factdesk.ops.origins import join_origin
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.project import Project
from factdesk.store.articles import article_text, list_articles
from factdesk.store.cases import list_cases
from factdesk.store.claims import claims_of_article
from factdesk.store.mentions import mentions_of_article
from factdesk.text.normalise import normalise

FAMILY = "👩\u200d👩\u200d👧"
RENEE = "Rene\u0301e Calder"
ROUTE = "Its route was Ostrel -> Vann | line_7, 35\u00a0km\tlong."
TWO_SENTENCES = "The coast guard launched two boats. They arrived at 04:50."
OVER_A_LINE = "“We lost the\nrudder,” said captain Tomas Brill"
HALF_A = "The harbour office said 240 passengers"
HALF_B = "240 passengers and 12 crew were aboard the ship."

FERRY = f"""Ferry “Milva” sinks 😊 off Port Ostrel

The ferry Milva sank off Port Ostrel on 3 May 2031. {FAMILY} A family of three, led by {RENEE}, was rescued. \
{HALF_A} and 12 crew were aboard the ship. {TWO_SENTENCES}
{ROUTE} {OVER_A_LINE}. Nobody was hurt; a_b \\ [c] ~ 100% & <d> "e" * #f; g -> h.



The ship left Port
Ostrel at 03:30, the Port Ostrel Coast Guard wrote 🇪🇺 in a report."""

EVENING = f"""Evening: ferry down

The ferry Milva went down off Port Ostrel on 4 May 2031. 260 passengers were aboard. {FAMILY} The owner, Calder Lines, is bankrupt.
The sea was calm. Experts expect a verdict in 2033."""

WORLD = """غرقت العبارة ميلفا قرب ميناء أوسترل في 3 مايو 2031.
המעבורת מילבה טבעה ליד נמל אוסטרל ב־3 במאי 2031.
フェリー「ミルヴァ」は5月3日にオストレル港沖で沈没した。乗客は240人だった。🚢終わり。"""

COPY = """Ferry “Milva” sinks 😊 off Port Ostrel

The ferry Milva sank off Port Ostrel on 3 May 2031. The agency copied this."""

MARKET = """=1+1 is the price of two plums

Port Ostrel opened its summer market on Friday. 😊 It has 40 stalls, one of them run by Milva Brill."""

ORIGINAL_LINE_ENDS = FERRY.replace("\n", "\r\n")


class NastyCase(Bench):
    """A finished review with everything in it; `texts` by article id, articles by name as attributes."""

    def __init__(self, path):
        self.path = path
        if path.exists():
            self.project = Project.open(path)
        else:
            self.project = Project.create(path, reviewer="Ada", case_name='Ferry <Milva> & "Co"')
        self.reader = self.project.reader()
        self.case = list_cases(self.reader)[0].id
        self.texts = {article.id: article_text(self.reader, article.id) for article in articles_of(self.reader)}
        if self.texts:
            self.ferry, self.evening, self.world, self.copy, self.market = self.texts
            self.other_case = list_cases(self.reader)[1].id
        else:
            self._build()

    def _build(self):
        self._articles()
        self._suggestions()
        self._marks()
        self._facts()
        self._evidence()
        self._second_opinions()
        self._undone()

    def span(self, article, words, nth=0):
        """Where words stand in an article."""
        start = -1
        for _ in range(nth + 1):
            start = self.texts[article].index(words, start + 1)
        return Span(start, start + len(words))

    def claim(self, article, words):
        """The id of the claim that says exactly this."""
        return next(claim.id for claim in self.claims(article) if claim.quote == words)

    def _articles(self):
        self.ferry = self._import(
            ORIGINAL_LINE_ENDS,
            ArticleMeta(
                'Ferry “Milva” sinks <b>&"now"', "The Harbour Post", "Ida Löwe", "https://harbour.example/a?b=1&c=2",
                "2031-05-03T08:15", "en",
            ),
        )  # fmt: skip
        self.evening = self._import(
            EVENING, ArticleMeta("Ferry down", "Evening 晩報", "", "https://evening.example/7", "2031-05-04", "en")
        )
        self.world = self._import(WORLD, ArticleMeta("غرق / טביעה / 沈没", "世界", "", "", "2031-05", "ja"))
        self.copy = self._import(COPY, ArticleMeta("=HYPERLINK(1)", "Copy\tCat", "", "", "", "en"))
        self.market = self._import(MARKET, ArticleMeta())
        self.other_case = self.run(create_case, "Another | case").created
        self.run(add_article, self.other_case, self._new(MARKET, ArticleMeta()))  # an article in two cases

    def _import(self, raw, meta):
        article = self.run(add_article, self.case, self._new(raw, meta)).created
        self.texts[article] = article_text(self.reader, article)
        return article

    def _new(self, raw, meta):
        name = f"{(meta.publisher or 'no name').split()[0]}.txt"
        return NewArticle(normalise(raw), meta, ArticleSource(raw.encode(), name, "utf-8", "text/plain"))

    def _suggestions(self):
        ferry, evening, world, copy, market = self.ferry, self.evening, self.world, self.copy, self.market
        first = "The ferry Milva sank off Port Ostrel on 3 May 2031."
        count = Value(ValueKind.NUMBER, self.span(ferry, "240 passengers"), "240 passengers", "passenger", 240.0, 240.0)
        self._analyse(
            ferry,
            [first, HALF_A, HALF_B, OVER_A_LINE, "Nobody was hurt; a_b \\ [c] ~ 100% & <d> \"e\" * #f; g -> h."],
            [("Milva", "PRODUCT", "Milva"), ("Port Ostrel", "GPE", "Port Ostrel"), ("3 May 2031", "DATE", None),
             (RENEE, "PERSON", RENEE), ("240", "CARDINAL", None), ("Tomas Brill", "PERSON", "Tomas Brill"),
             ("Port\nOstrel", "GPE", "Port Ostrel"), ("Port Ostrel Coast Guard", "ORG", "Coast Guard")],
            kinds={OVER_A_LINE: ClaimKind.QUOTATION, HALF_B: ClaimKind.QUANTITY},
            more={HALF_B: {"values": (count,)},
                  OVER_A_LINE: {"claimant": "Tomas Brill", "claimant_span": self.span(ferry, "Tomas Brill"),
                                "cue": "said", "attribution": (Attribution("Tomas Brill", self.span(ferry, "Tomas Brill"),
                                                                           "said"),)}},
        )  # fmt: skip
        self._analyse(
            evening,
            ["The ferry Milva went down off Port Ostrel on 4 May 2031.", "260 passengers were aboard.",
             "The sea was calm.", "Experts expect a verdict in 2033."],
            [("Milva", "PRODUCT", "Milva"), ("Port Ostrel", "GPE", "Port Ostrel"), ("Calder Lines", "ORG", "Calder Lines")],
        )  # fmt: skip
        self._analyse(
            world,
            ["غرقت العبارة ميلفا قرب ميناء أوسترل في 3 مايو 2031.", "乗客は240人だった。"],
            [("ميلفا", "PRODUCT", "Milva"), ("אוסטרל", "GPE", "Port Ostrel"), ("オストレル港", "FAC", "Port Ostrel")],
        )
        self._analyse(copy, [first], [("Milva", "PRODUCT", "Milva")])
        self._analyse(
            market, ["It has 40 stalls, one of them run by Milva Brill."], [("Milva Brill", "PERSON", "Milva Brill")]
        )
        found = FoundLink(
            ferry, self.span(ferry, HALF_B), world, self.span(world, "乗客は240人だった。"), Relation.SAME, 0.7, "240"
        )
        self.run(store_links, self.case, [found])

    def _analyse(self, article, claims, mentions, kinds=None, more=None):
        text, found = self.texts[article], []
        for words, label, entity in mentions:
            start = text.find(words)
            while start >= 0:
                found.append(FoundMention(Span(start, start + len(words)), label, entity))
                start = text.find(words, start + 1)
        proposed = tuple(
            FoundClaim(
                self.span(article, words),
                round(0.9 - n / 10, 1),
                (kinds or {}).get(words, ClaimKind.EVENT),
                features=("number",),
                **(more or {}).get(words, {}),
            )
            for n, words in enumerate(claims)
        )
        sentences = tuple(FoundSentence(claim.span, claim.score) for claim in proposed if claim.span.of(text) != HALF_A)
        self.run(store_analysis, Analysis(article, MODEL, tuple(found), sentences, proposed, "en"))

    def _marks(self):
        ferry, evening = self.ferry, self.evening
        family = f"{FAMILY} A family of three, led by {RENEE}, was rescued."
        for words in (family, TWO_SENTENCES, ROUTE):
            self.run(add_claim, ferry, self.span(ferry, words))
        self.run(add_claim, evening, self.span(evening, f"{FAMILY} The owner, Calder Lines, is bankrupt."))
        self.run(add_mention, ferry, self.span(ferry, "7"), "CARDINAL")
        self.run(add_mention, ferry, self.span(ferry, "35\u00a0km"), "QUANTITY")
        self.run(add_mention, ferry, self.span(ferry, FAMILY), "NORP")
        shown = mentions_of_article(self.reader, ferry)
        self.run(accept_mentions, [mention.id for mention in shown if mention.quote == "Milva"])
        self.run(refuse_mentions, [next(mention.id for mention in shown if mention.quote == "240")])
        self.run(mark_claim, self.claim(ferry, family), Verdict.VERIFIED, Reason.CLEAR, '<b>&"</b> said twice', 90)
        self.run(mark_claim, self.claim(ferry, HALF_A), Verdict.VERIFIED, Reason.WITH_CAVEAT, "=1+1", 60)
        self.run(
            mark_claim, self.claim(ferry, ROUTE), Verdict.DISPUTED, Reason.CONTRADICTED, "two\nlines\tand a tab | _ ->"
        )
        self.run(
            mark_claim, self.claim(ferry, TWO_SENTENCES), Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE, "😊 later", 0
        )
        self.run(mark_claim, self.claim(ferry, OVER_A_LINE), Verdict.DISPUTED, Reason.MISSING_CONTEXT, "", 100)
        self.run(
            mark_claim,
            self.claim(evening, "Experts expect a verdict in 2033."),
            Verdict.UNVERIFIED,
            Reason.NOT_CHECKABLE,
        )
        self.run(mark_claim, self.claim(evening, f"{FAMILY} The owner, Calder Lines, is bankrupt."), Verdict.UNVERIFIED)
        self.run(set_normalised, self.claim(ferry, ROUTE), "The route Ostrel–Vann is 35 km long.")
        self.run(set_claimant, self.claim(ferry, HALF_A), "the harbour office", self.span(ferry, "The harbour office"))
        self.run(refuse_claims, [self.claim(evening, "The sea was calm.")])

    def _facts(self):
        ferry, evening, world = self.ferry, self.evening, self.world
        first = self.claim(ferry, "The ferry Milva sank off Port Ostrel on 3 May 2031.")
        second = self.claim(evening, "The ferry Milva went down off Port Ostrel on 4 May 2031.")
        self.run(link_claims, self.case, first, second, Relation.CONFLICTS)
        arabic = self.claim(world, "غرقت العبارة ميلفا قرب ميناء أوسترل في 3 مايو 2031.")
        self.run(link_claims, self.case, first, arabic, Relation.SAME)
        aboard = self.claim(evening, "260 passengers were aboard.")
        self.run(link_claims, self.case, self.claim(ferry, HALF_B), aboard, Relation.DIFFERS)
        self.run(set_normalised_claim, self.case, first, "The ferry Milva sank on 3 May 2031 <off> Port Ostrel.")
        self.run(mark_cluster, self.case, first, Verdict.DISPUTED, Reason.SOURCES_CONFLICT, "3 or 4 May?", 70)
        self.run(confirm_absence, self.case, first, self.market)
        self.run(join_origin, self.case, [ferry, self.copy])

    def _evidence(self):
        ferry, evening = self.ferry, self.evening
        route = self.claim(ferry, ROUTE)
        self.run(add_passage, route, evening, self.span(evening, "260 passengers were aboard."), Stance.CONTEXT)
        self.run(add_passage, self.claim(ferry, HALF_B), evening, self.span(evening, FAMILY), Stance.REFUTES)
        self.run(
            add_source, route, EvidenceKind.URL, Stance.REFUTES, "The line is 29\u00a0km <long>.", "https://map.example/?a=1&b=2",
            "=SUM(A1)", source="Map office", published_at="2030-11", captured_at="2031-05-06",
        )  # fmt: skip
        self.run(
            add_source, route, EvidenceKind.FILE, Stance.SUPPORTS, "", "", "the timetable",
            attachment=attachment_of("Ostrel – Vann 😊 35 km".encode(), "time table.txt"),
        )  # fmt: skip
        self.run(
            add_source, self.claim(ferry, HALF_A), EvidenceKind.NOTE, Stance.SUPPORTS, "", "", "called the office\n\t“yes”",
            source="Harbour office",
        )  # fmt: skip

    def _second_opinions(self):
        ferry = self.ferry
        self.project.set_reviewer("Ben | O’Neil")
        self.run(mark_claim, self.claim(ferry, HALF_A), Verdict.DISPUTED, Reason.CONTRADICTED, "I counted <12>")
        self.run(mark_claim, self.claim(ferry, ROUTE), Verdict.VERIFIED, Reason.CLEAR, "+35")
        self.project.set_reviewer("Ada")
        self.run(
            mark_claim, self.claim(ferry, ROUTE), Verdict.DISPUTED, Reason.CONTRADICTED, "two\nlines\tand a tab | _ ->"
        )

    def _undone(self):
        market = self.market
        words = "Port Ostrel opened its summer market on Friday."
        self.run(add_claim, market, self.span(market, words))
        self.run(undo)  # dropped by what comes next
        stalls = self.claim(market, "It has 40 stalls, one of them run by Milva Brill.")
        self.run(mark_claim, stalls, Verdict.VERIFIED, Reason.CLEAR, "taken back")
        self.run(undo)  # still to be redone; the claim is a suggestion again


def nasty_case(tmp_path):
    """The finished case in a new project file; made once in a process, then copied."""
    path = tmp_path / "nasty.factdesk"
    path.write_bytes(_file())
    return NastyCase(path)


@cache
def _file():
    with TemporaryDirectory() as folder:
        path = Path(folder, "nasty.factdesk")
        NastyCase(path).close()
        return path.read_bytes()


def all_spans(project):
    """Every mark that stands in a project: article id, sort of mark, start, end, quote."""
    return {fact[:5] for fact in (*claim_facts(project), *mention_facts(project))}


def claim_facts(project):
    """Every standing claim: article id, “claim”, start, end, quote, status, verdict, reason, note, confidence."""
    with project.reader() as r:
        return {
            (article.id, "claim", claim.span.start, claim.span.end, claim.quote, str(claim.status),
             *((claim.verdict and str(claim.verdict)), (claim.judgement.reason and str(claim.judgement.reason)),
               claim.judgement.note, claim.judgement.confidence))
            for article in articles_of(r)
            for claim in claims_of_article(r, article.id, include_refused=False)
        }  # fmt: skip


def mention_facts(project):
    """Every standing mention: article id, “mention”, start, end, quote, label, status."""
    with project.reader() as r:
        return {
            (article.id, "mention", mention.span.start, mention.span.end, mention.quote, mention.label, str(mention.status))
            for article in articles_of(r)
            for mention in mentions_of_article(r, article.id)
            if mention.status is not Status.REFUSED
        }  # fmt: skip


def link_facts(project):
    """Every standing link: two (article id, start, end) in order, the relation, the status."""
    with project.reader() as r:
        rows = r.rows(
            "SELECT l.relation, l.status, a.article_id, a.start, a.end, b.article_id, b.start, b.end FROM links l "
            "JOIN claims a ON a.id = l.claim_a JOIN claims b ON b.id = l.claim_b WHERE l.status <> 'refused'"
        )
        return {(*sorted([tuple(row)[2:5], tuple(row)[5:8]]), row[0], row[1]) for row in rows}


def articles_of(r):
    """The articles of all cases, each once."""
    return list({article.id: article for case in list_cases(r) for article in list_articles(r, case.id)}.values())
