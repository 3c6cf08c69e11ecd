"""What a dossier says: everything that was asked for, in order, and nothing that was not."""

from dataclasses import replace

import pytest

from clusters import suggest_cluster
from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.dossier import rows
from factdesk.exchange.dossier.content import build
from factdesk.exchange.dossier.entries import SHORT
from factdesk.exchange.dossier.rows import COLUMNS
from factdesk.exchange.dossier.words import clean, is_rtl, moment, published, shorten
from factdesk.exchange.formats_known import get_format
from factdesk.exchange.progress import Steps
from factdesk.model.claims import Reason, Relation, Verdict
from factdesk.model.gate import EvidenceGate
from factdesk.ops.claims import mark_claim
from factdesk.ops.gate import save_gate
from nasty_case import HALF_A, OVER_A_LINE, ROUTE, nasty_case


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    case = nasty_case(tmp_path_factory.mktemp("dossier"))
    yield case
    case.close()


def dossier_of(case, **options):
    choices = {key: options.pop(key) for key in ("claims", "quotes", "order") if key in options}
    options.setdefault("case_id", case.case)
    dataset = Dataset(case.reader, ExportOptions(choices=choices, **options), get_format("dossier-html"))
    return build(dataset, Steps(1))


def entry_of(dossier, text):
    return next(entry for entry in dossier.entries if entry.text == text)


def test_every_passage_of_the_case_is_quoted_with_source_and_place(case):
    dossier = dossier_of(case)
    said = {(statement.quote.text, statement.place) for entry in dossier.entries for statement in entry.statements}
    for article in (case.ferry, case.evening, case.world, case.copy, case.market):
        for claim in case.claims(article, include_refused=False):
            place = f"characters {claim.span.start} to {claim.span.end}"
            assert (claim.quote, place) in said
    names = {source.reference: source.name for source in dossier.sources}
    assert all(names[s.source] == s.source_name for entry in dossier.entries for s in entry.statements)


def test_conflicts_come_first_and_name_both_sides(case):
    first = dossier_of(case).entries[0]
    assert first.text == "The ferry Milva sank on 3 May 2031 <off> Port Ostrel."
    assert first.is_own_words
    assert (first.ruling.badge.word, first.ruling.reason, first.ruling.note) == (
        "Disputed",
        "sources conflict",
        "3 or 4 May?",
    )
    assert (first.ruling.confidence, first.ruling.who) == (70, "Ada")
    assert len(first.conflicts) == 1
    assert "4 May 2031" in first.conflicts[0]
    contrary = next(statement for statement in first.statements if statement.state == "conflicts")
    assert "4" in [piece.text for piece in contrary.quote.pieces if piece.is_marked]
    assert any("not mentioned: a person confirmed it" in words for _, words in first.silent)
    titles = [points.title for points in dossier_of(case).parts[0].findings]
    assert titles[:2] == ["Where sources contradict each other", "Disputed"]


def test_with_many_tables_each_has_only_what_its_sources_say_something_about(case, monkeypatch):
    whole = dossier_of(case).parts[0].tables
    monkeypatch.setattr(rows, "WHOLE_TABLES", 0)
    monkeypatch.setattr(rows, "COLUMNS", 2)
    cut = dossier_of(case).parts[0].tables
    assert len(cut) > 1
    for table in cut:
        assert "Only claims about which one of these sources says something" in table.caption
        assert all(any(cell.key not in {"not found", "unread"} for cell in row.cells) for row in table.rows)
    assert {row.number for table in cut for row in table.rows} == {row.number for table in whole for row in table.rows}
    assert sum(len(table.rows) for table in cut) < len(cut) * len(whole[0].rows)


def test_evidence_has_stance_source_address_dates_and_hash_of_the_file(case):
    evidence = entry_of(dossier_of(case), "The route Ostrel–Vann is 35 km long.").evidence
    assert [each.stance for each in evidence] == ["Context", "Speaks against the claim", "Supports the claim"]
    passage, address, file = evidence
    assert passage.quote.text == "260 passengers were aboard."
    assert (address.source, address.address) == ("Map office", "https://map.example/?a=1&b=2")
    assert ("Published", "November 2030") in address.facts
    assert address.quote.text == "The line is 29\u00a0km <long>."
    facts = dict(file.facts)
    assert facts["File"].startswith("time table.txt (")
    assert len(facts["SHA-256 of the file"]) == 64


def test_other_reviewers_opinions_are_told_only_when_all_are_wanted(case):
    assert entry_of(dossier_of(case), HALF_A).opinions == ()
    opinions = entry_of(dossier_of(case, whose=Whose.ALL), HALF_A).opinions
    assert {(each.reviewer, each.ruling.badge.word, each.dissents) for each in opinions} == {
        ("Ada", "Verified", True),
        ("Ben | O’Neil", "Disputed", False),
    }
    points = dossier_of(case, whose=Whose.ALL).parts[0].open_points
    assert "Reviewers disagree" in [each.title for each in points]


def test_one_reviewers_dossier_has_only_that_ones_verdicts(case):
    dossier = dossier_of(case, whose=Whose.ONE, reviewer="Ben | O’Neil")
    signed = {entry.ruling.who for entry in dossier.entries if entry.ruling.badge.key != "undecided"}
    assert signed == {"Ben | O’Neil"}
    assert entry_of(dossier, "The route Ostrel–Vann is 35 km long.").ruling.badge.word == "Verified"


def test_an_adjudicated_dossier_says_so_and_holds_no_verdict_that_is_not_agreed_upon(case):
    dossier = dossier_of(case, whose=Whose.ADJUDICATED)
    assert "only verdicts that two or more reviewers gave alike, or that were settled" in repr(dossier)
    disputed = entry_of(dossier, HALF_A)
    assert (disputed.ruling.badge.key, disputed.history) == ("undecided", ())


def test_no_name_of_a_reviewer_is_left_in_an_anonymous_dossier(case):
    told = repr(dossier_of(case, anonymous=True, whose=Whose.ALL))
    assert "reviewer 1" in told
    assert "'Ada" not in told
    assert "Ada," not in told
    assert "O’Neil" not in told


def test_positions_and_hashes_stand_in_place_of_texts(case):
    dossier = dossier_of(case, with_text=False)
    told = repr(dossier)
    for words in ("passengers and 12 crew", "coast guard launched", "lost the", "260 passengers were"):
        assert words not in told
    assert all(s.quote is None and len(s.digest) == 64 for entry in dossier.entries for s in entry.statements)
    assert any(entry.text.startswith("Claim at characters") for entry in dossier.entries)


def test_claims_without_a_verdict_and_suggestions_can_be_left_out(case):
    everything = dossier_of(case)
    decided = dossier_of(case, claims="decided")
    assert 0 < len(decided.entries) < len(everything.entries)
    assert all(entry.ruling.badge.key != "undecided" for entry in decided.entries)
    assert any(entry.is_suggestion for entry in everything.entries)
    assert not any(s.is_suggested for entry in dossier_of(case, decisions_only=True).entries for s in entry.statements)
    assert [entry.number for entry in decided.entries] == list(range(1, len(decided.entries) + 1))


def test_a_selected_claim_comes_with_what_other_sources_say_about_it(case):
    chosen = case.claim(case.ferry, "The ferry Milva sank off Port Ostrel on 3 May 2031.")
    dossier = dossier_of(case, claim_ids=frozenset([chosen]), case_id="")
    assert len(dossier.entries) == 1
    assert len(dossier.entries[0].statements) == 3
    assert len(dossier.parts) == 1
    assert dict(dossier.facts)["What is in it"] == "a selection of claims"


def test_order_of_the_text_and_short_passages_are_choices(case):
    dossier = dossier_of(case, order="text", quotes="short")
    places = [entry.statements[0].source for entry in dossier.entries]
    assert places == sorted(places)
    assert all(len(s.quote.text) <= SHORT + 1 for entry in dossier.entries for s in entry.statements)


def test_every_case_is_a_part_of_its_own_and_numbers_go_on(case):
    dossier = dossier_of(case, case_id="")
    assert [part.title for part in dossier.parts] == ['Ferry <Milva> & "Co"', "Another | case"]
    assert [entry.number for entry in dossier.entries] == list(range(1, len(dossier.entries) + 1))


def test_wide_cases_get_several_tables_with_the_same_rows(case):
    table = dossier_of(case).parts[0].tables
    assert [len(each.columns) for each in table] == [5]
    assert COLUMNS == 5
    assert [row.number for row in table[0].rows] == [entry.number for entry in dossier_of(case).entries]
    assert {cell.word for row in table[0].rows for cell in row.cells} >= {
        "states", "differs", "conflicts", "not found", "not mentioned, confirmed",
    }  # fmt: skip


def test_summary_counts_claims_origins_and_suggestions(case):
    dossier = dossier_of(case)
    told = " ".join(dossier.summary)
    assert "5 articles, which come from 4 origins," in told
    assert "Sources contradict each other about 1 claim." in told
    assert dict(dossier.counts) == {
        badge: sum(e.ruling.badge == badge for e in dossier.entries) for badge, _ in dossier.counts
    }
    s1, s2 = dossier.sources[:2]
    assert dict(s1.facts)["Same text as"] == "S2: they count as one source"
    assert dict(s2.facts)["Same text as"] == "S1: they count as one source"


def test_rules_of_the_project_are_told_under_how_it_was_done(bench):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE, "still waiting")
    bench.run(save_gate, EvidenceGate(verified_origins=2))
    dossier = dossier_of(bench)
    assert "verified needs 2 independent origins" in dict(dossier.method)["What was demanded of a verdict"]
    point = next(p for p in dossier.parts[0].open_points if p.title == "Not enough evidence").points[0]
    assert point.more == "still waiting"


def test_a_case_without_claims_makes_a_dossier_too(tmp_path, bench):
    from factdesk.ops.cases import create_case

    empty = bench.run(create_case, "Nothing yet").created
    dossier = dossier_of(bench, case_id=empty)
    assert dossier.entries == ()
    assert "No claim has a verdict yet." in dossier.summary


def test_a_claim_whose_lead_is_left_out_does_not_differ_from_its_own_words(bench):
    own, lead = (bench.claims(article)[0] for article in (bench.bridge, bench.again))
    suggest_cluster(bench, lead, own, relation=Relation.DIFFERS)
    bench.run(mark_claim, own.id, Verdict.VERIFIED)
    dossier = dossier_of(bench, decisions_only=True)
    (statement,) = entry_of(dossier, own.quote).statements
    assert (statement.state, statement.differs, statement.is_suggested) == ("states", "", False)
    (row,) = [row for table in dossier.parts[0].tables for row in table.rows]
    cells = {cell.word for cell in row.cells}
    assert "states" in cells
    assert "differs" not in cells


def test_quotes_keep_their_language_and_direction(case):
    quotes = {s.quote.text: s.quote for entry in dossier_of(case).entries for s in entry.statements}
    arabic = next(quote for text, quote in quotes.items() if text.startswith("غرقت"))
    assert arabic.is_rtl
    assert not quotes[OVER_A_LINE].is_rtl
    assert quotes[ROUTE].language == "en"


def test_words_are_fit_for_any_document():
    assert clean("a\x00b\x1b[1m\tc\nd") == "a\ufffdb\ufffd[1m\tc\nd"
    assert shorten("one two three", 8) == "one two…"
    assert moment("2031-05-03T08:15:00.000Z") == "3 May 2031, 08:15 UTC"
    assert published("2031-05") == "May 2031"
    assert published("2031-05-03T08:15") == "3 May 2031, 08:15"
    assert published("some day") == "some day"
    assert is_rtl("(123) שלום and more")
    assert not is_rtl("123 …")
    assert replace(ExportOptions(), anonymous=True).anonymous
