"""Pieces of text at places on pages become an article: columns, paragraphs, words, running lines, notes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.exchange.pdf.layout import Sheet, laid_out
from factdesk.exchange.pdf.lines import Piece, lines_of

HEIGHT = 800.0
EM = 0.5  # width of a letter in sizes


def piece(text, left, base, size=10.0, **more):
    return Piece(text, left, left + len(text) * size * EM, base, size, **more)


def column(lines, left=50.0, top=700.0, size=10.0, pitch=12.0):
    """Lines under each other; "" leaves half a line free, a tab indents."""
    found = []
    base = top
    for line in lines:
        if not line:
            base -= pitch * 0.6
            continue
        indent = line.count("\t")
        found.append(piece(line.lstrip("\t"), left + 15 * indent, base, size))
        base -= pitch
    return found


def text_of(*pages):
    return laid_out([Sheet(tuple(page), HEIGHT) for page in pages]).text


FULL = "abcdefgh abcdefgh abcdefgh abcdefgh abcdefgh"  # 44 letters: a full line


def test_lines_become_paragraphs_by_gaps():
    page = column([FULL, "ends here.", "", FULL, FULL, "ends too"])
    assert text_of(page) == f"{FULL} ends here.\n\n{FULL} {FULL} ends too"


def test_lines_become_paragraphs_by_indents():
    page = column([f"\t{FULL[:40]}", FULL, "end of it", f"\t{FULL[:40]}", FULL, FULL])
    assert text_of(page) == f"{FULL[:40]} {FULL} end of it\n\n{FULL[:40]} {FULL} {FULL}"


def test_lines_become_paragraphs_by_short_last_lines():
    page = column([FULL, "It ends.", "Another" + FULL[8:], FULL, "goes on"])
    assert text_of(page) == f"{FULL} It ends.\n\nAnother{FULL[8:]} {FULL} goes on"


def test_items_of_a_list_are_paragraphs():
    page = column([FULL, "• one", "• two and", "more", "12 abcdefgh"])
    assert text_of(page) == f"{FULL}\n\n• one\n\n• two and more 12 abcdefgh"


def test_columns_are_read_one_after_the_other_under_a_headline_across_both():
    head = [piece("Dam breaks at Orlen after rain", 50, 740, 24)]
    left = column(["Left one is long", "left two is long", "left three long", "left four long"])
    right = column(["right one is long", "right two is long", "right three long."], left=200)
    assert text_of(head + left + right) == (
        "Dam breaks at Orlen after rain\n\n"
        "Left one is long left two is long left three long left four long "
        "right one is long right two is long right three long."
    )


def test_lines_that_are_spread_to_the_edges_of_their_columns_are_no_cells_of_a_table():
    def spread(words, left, base):  # three words with wide blanks between them
        return [piece(word, left + 55 * place, base) for place, word in enumerate(words)]

    page = []
    for left, name in ((50, "left"), (240, "right")):
        page += [piece(f"{name} {number} of a narrow column", left, 700 - 24 * number) for number in range(4)]
        for number in range(3):
            page += spread((f"and{number}", "spread", "words"), left, 688 - 24 * number)
    sides = [
        " ".join(
            f"{name} {number} of a narrow column" + f" and{number} spread words" * (number < 3) for number in range(4)
        )
        for name in ("left", "right")
    ]
    assert text_of(page) == " ".join(sides)


def test_columns_need_no_common_baselines():
    left = column(["Left one is long", "left two is long", "left three long", "an end."])
    right = column(["Right one is long", "right two is long", "right three long."], left=200, top=694)
    assert text_of(left + right).split("\n\n") == [
        "Left one is long left two is long left three long an end.",
        "Right one is long right two is long right three long.",
    ]


def test_three_columns_and_a_full_line_below_them():
    columns = [
        each
        for number, left in enumerate((50, 200, 350))
        for each in column([f"Column {number} is long", "and goes on here", "and stops here."], left=left)
    ]
    below = column(["A line that goes all the way across the page under all of the columns of it."], top=640)
    assert text_of(columns + below).split("\n\n") == [
        "Column 0 is long and goes on here and stops here.",
        "Column 1 is long and goes on here and stops here.",
        "Column 2 is long and goes on here and stops here.",
        "A line that goes all the way across the page under all of the columns of it.",
    ]


def test_a_gutter_known_from_one_page_serves_the_next():
    page = column(["Left one is long", "left two is long", "left three long"]) + column(
        ["right one is long", "right two is long", "right three long"], left=200
    )
    last = column(["Last left has it"]) + column(["last right has it"], left=200)
    assert text_of(page, last).endswith("right three long\n\nLast left has it last right has it")


def test_columns_of_a_script_from_right_to_left_begin_at_the_right():
    right = column(["שלום עולם זה מבחן", "של טקסט ארוך מאד", "שנגמר עכשיו כאן."], left=200)
    left = column(["והנה הטור השני כאן", "שגם הוא ארוך מאד", "ונגמר גם הוא."])
    assert text_of(left + right).startswith("שלום עולם זה מבחן של טקסט ארוך מאד שנגמר עכשיו כאן.")


def test_cells_of_a_table_are_read_row_by_row():
    rows = [
        piece(word, left, 700 - 12 * row)
        for row in range(4)
        for left, word in ((50, f"Ward {row}"), (200, f"{row}7"), (300, "no"))
    ]
    assert text_of(rows) == "\n\n".join(f"Ward {row}\t{row}7\tno" for row in range(4))


def broken(first, second, others=()):
    """What becomes of a word at the end of a line, in a text with these other lines."""
    page = column([f"xxxxxx xxxxxx {first}", f"{second} xxxxxx.", "", *others])
    return text_of(page).split("\n\n")[0].removeprefix("xxxxxx xxxxxx ").removesuffix(" xxxxxx.")


def test_words_broken_at_the_end_of_a_line_are_made_whole():
    assert broken("embank-", "ment") == "embankment"
    assert broken("embank\u2010", "ment") == "embankment"
    assert broken("embank\u00ad", "ment") == "embankment"
    assert broken("wa-", "ter’s") == "water’s"


def test_hyphens_that_belong_to_a_word_stay():
    assert broken("state-of-", "the-art") == "state-of-the-art"
    assert broken("state-of-the-", "art") == "state-of-the-art"
    assert broken("Anglo-", "American") == "Anglo-American"
    assert broken("COVID-", "19") == "COVID-19"
    assert broken("24-", "hour") == "24-hour"
    assert broken("e-", "mail") == "e-mail"
    assert broken("self-", "defence") == "self-defence"
    assert broken("ice-", "and snow-bound") == "ice- and snow-bound"


def test_a_text_tells_itself_how_a_word_is_written():
    assert broken("cease-", "fire", ["a cease-fire holds"]) == "cease-fire"
    assert broken("cease-", "fire", ["a ceasefire holds"]) == "ceasefire"
    assert broken("water-", "level", ["the water stands at the level"]) == "water-level"
    long = ["abcdef abcdef abcdef"] * 20
    assert broken("cease-", "fire", long) == "cease-fire"  # nothing else is broken: it was typed so
    assert (
        broken("cease-", "fire", ["embank\u2010", "ment again\u2010", "st all embank\u2010", "ments"]) == "cease-fire"
    )


def test_dashes_and_strokes_are_no_hyphens():
    page = column(["It fell on Sunday —", "nobody knows why—", "from 2019–", "2020 and/", "or later"])
    assert text_of(page) == "It fell on Sunday — nobody knows why—from 2019–2020 and/or later"


def test_japanese_lines_are_joined_without_a_space():
    assert text_of(column(["日本語の文章はここ", "で続きます。"])) == "日本語の文章はここで続きます。"


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page():
    first = column([FULL, "", FULL, FULL])
    second = column(["and ends here.", "", FULL, "embank-"])
    third = column(["ment ends.", "", "Another begins."])
    assert text_of(first, second, third).split("\n\n") == [
        FULL,
        f"{FULL} {FULL} and ends here.",
        f"{FULL} embankment ends.",
        "Another begins.",
    ]


def test_a_byline_across_the_page_stays_apart_from_the_columns_under_it():
    byline = [piece("By Ann Lee", 50, 740)]
    left = column(["Left one is long indeed", "left two is long indeed", "left three is long now"])
    right = column(["right one is long too", "right two is long too", "right three ends."], left=200)
    text = text_of(byline + left + right)
    assert text.startswith("By Ann Lee\n\nLeft one is long indeed left two")


def test_running_lines_and_page_numbers_are_left_out_and_told():
    def page(number):
        head = [piece("The Orlen Echo", 50, 780, 8), piece(f"Page {number}", 400, 780, 8)]
        return [
            *head,
            *column([f"Sentence {'abc'[number - 1]} of the text.", "", FULL]),
            piece(str(number), 250, 20, 8),
        ]

    found = laid_out([Sheet(tuple(page(number)), HEIGHT) for number in (1, 2, 3)])
    assert "Echo" not in found.text
    assert "Page" not in found.text
    assert found.text.startswith("Sentence a of the text.")
    assert found.gone[:3] == ("The Orlen Echo", "Page 1", "1")


def test_lines_that_begin_every_page_alike_are_text_where_they_do_not_stand_apart():
    page = column([FULL] * 50, top=785, pitch=15)
    assert text_of(page, page, page).count(FULL) == 150


def test_a_headline_that_runs_on_as_a_header_stays_on_the_first_page():
    first = [piece("Dam breaks at Orlen", 50, 740, 24), *column([FULL])]
    others = [[piece("Dam breaks at Orlen", 50, 785, 8), *column([FULL])] for _ in range(3)]
    found = laid_out([Sheet(tuple(page), HEIGHT) for page in (first, *others)])
    assert found.text.count("Dam breaks") == 1
    assert found.title == "Dam breaks at Orlen"


def test_the_address_and_time_that_browsers_print_are_left_out():
    page = [
        piece("18/03/2026, 09:30", 20, 785, 7),
        piece("https://echo.example/dam 1/1", 20, 15, 7),
        *column([FULL, "and more."]),
    ]
    found = laid_out([Sheet(tuple(page), HEIGHT)])
    assert "https://echo.example/dam 1/1" in found.gone
    assert "echo.example" not in found.text


def test_notes_at_the_foot_go_to_the_end():
    page = column([FULL, "and more of it."])
    mark = [piece("1", page[1].right, page[1].base + 4, 6)]
    foot = [piece("1 Minutes of the town", 50, 60, 7), piece("hall of Orlen.", 50, 52, 7), piece("2 Radio.", 50, 44, 7)]
    found = laid_out([Sheet(tuple(page + mark + foot), HEIGHT), Sheet(tuple(column(["The next page."])), HEIGHT)])
    assert (
        found.text == f"{FULL} and more of it.¹\n\nThe next page.\n\n1 Minutes of the town hall of Orlen.\n\n2 Radio."
    )
    assert found.notes == 2


def test_an_initial_is_put_before_its_word():
    lines = column(["he river rose by", "two metres", "on Sunday."], left=80)
    assert text_of([piece("T", 50, 676, 36), *lines]) == "The river rose by two metres on Sunday."


def test_the_title_is_what_stands_largest():
    page = [
        piece("ECHO", 50, 780, 12),
        piece("Dam breaks", 50, 740, 24),
        piece("at Orlen", 50, 712, 24),
        *column([FULL]),
    ]
    assert laid_out([Sheet(tuple(page), HEIGHT)]).title == "Dam breaks at Orlen"
    assert laid_out([Sheet(tuple(column([FULL])), HEIGHT)]).title == ""


def test_nothing_gives_nothing():
    assert laid_out([]).text == ""
    assert laid_out([Sheet((), HEIGHT), Sheet((piece("  ", 1, 1),), HEIGHT)]).text == ""


pieces = st.builds(
    piece,
    st.text("ab -\u2010.12שم日—¹", min_size=1, max_size=12),
    st.floats(-50, 600),
    st.floats(-50, 850),
    st.sampled_from([4.0, 7.0, 10.0, 10.5, 24.0]),
    bold=st.booleans(),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(pieces, max_size=25), max_size=4))
def test_no_letter_is_lost_or_made_wherever_pieces_stand(pages):
    sheets = [Sheet(tuple(page), HEIGHT) for page in pages]
    found = laid_out(sheets)
    given_letters = sorted(c for page in pages for each in page for c in each.text if c.isalpha())
    kept = sorted(c for c in found.text + "".join(found.gone) if c.isalpha())
    assert len(kept) <= len(given_letters)
    if not found.gone:
        assert kept == given_letters


def test_pieces_of_one_baseline_make_a_line_and_far_ones_do_not():
    lines = lines_of([piece("one", 50, 700), piece("two", 68, 700.5), piece("far", 200, 700)])
    assert [line.text for line in lines] == ["one two", "far"]
