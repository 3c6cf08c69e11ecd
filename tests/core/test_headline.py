import pytest

from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language

BODY = "The river rose by two metres on Sunday night. Some 240 people were taken to a school, the town hall said.\n"
TITLE = "Dam at Orlen breaks: 240 people taken to safety"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{BODY}",
        f"\n\n  {TITLE}  \n{BODY}",
        f"{TITLE}\n\n{TITLE}\n\n{BODY}",
        f"{TITLE} | The Daily Example\n\n{TITLE}\n{BODY}",
        f"{TITLE} - Example News\n{TITLE}\n{BODY}",
        f"# {TITLE}\n{BODY}",
        f"Headline: {TITLE}\n{BODY}",
        f"Home | News | World | Sport\n{TITLE}\nBy Anna Berg\n{BODY}",
        f"18 March 2026\n{TITLE}\n{BODY}",
        f"Advertisement\n{TITLE}\n{BODY}",
        TITLE,
    ],
    ids=["plain", "blank space", "repeated", "site name", "site name by dash", "markdown", "labelled", "navigation", "date",
         "advertisement", "alone"],
)  # fmt: skip
def test_the_headline_is_found(text):
    assert find_headline(text) == TITLE


def test_a_repeated_line_is_a_title_even_with_a_full_stop():
    assert find_headline(f"The dam broke at dawn.\nThe dam broke at dawn.\n{BODY}") == "The dam broke at dawn."


@pytest.mark.parametrize(
    "title",
    [
        "“We lost everything”: voices from Orlen",
        "Who opened the gates?",
        "平和への道",
        "Дамбу прорвало: 240 человек спасены",
    ],
)
def test_headlines_of_other_kinds_are_found(title):
    assert find_headline(f"{title}\n{BODY}") == title


@pytest.mark.parametrize(
    "text",
    [BODY, BODY * 3, "• first point\n• second point\n" + BODY, "", "\n\n", "word " * 500, "x" * 100_000],
    ids=["paragraph", "paragraphs", "list", "empty", "blank", "long line", "no blanks"],
)
def test_no_headline_is_made_up(text):
    assert find_headline(text) == ""


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", BODY),
        (
            "de",
            "Der Damm ist in der Nacht gebrochen und die Stadt wurde von dem Fluss überflutet, sagte der Bürgermeister.",
        ),
        (
            "fr",
            "Le barrage a cédé dans la nuit et les habitants de la ville ont été conduits dans une école par les pompiers.",
        ),
        (
            "es",
            "La presa se rompió por la noche y los vecinos de la ciudad fueron llevados a una escuela, según el alcalde.",
        ),
        (
            "ru",
            "Ночью прорвало дамбу, и жителей города вывезли в школу, сообщил мэр. Он сказал, что воды было больше, чем ждали.",
        ),
        (
            "uk",
            "Уночі прорвало дамбу, і мешканців міста вивезли до школи, повідомив мер. Він сказав, що води було більше.",
        ),
        ("ja", "夜のうちにダムが決壊し、住民は学校に避難しました。市長が発表しました。"),
        ("zh", "大坝在夜间溃决，居民被转移到一所学校，市长表示情况已经得到控制。"),
        ("ar", "انهار السد ليلا ونقل السكان إلى مدرسة في المدينة حسبما قال رئيس البلدية."),
        ("he", "הסכר קרס בלילה והתושבים הועברו לבית ספר, כך אמר ראש העיר."),
        ("", "240, 18.03.2026, 5 %"),
        ("", "Orlen Dam Safety Gate Report Summary Table"),
    ],
)
def test_the_language_is_guessed_or_left_open(code, text):
    assert guess_language(text) == code
