import pytest
from hypothesis import given

from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.text.binary import binary_kind
from factdesk.text.decode import decode, encoding_choices
from unicode_texts import texts

SAMPLES = {
    ("cp1252", "English"): "The mayor said “we won’t leave” – and 240 soldiers stayed at the bridge near Café Müller.",
    (
        "cp1252",
        "German",
    ): "Die Brücke über den Fluß wurde gestern zerstört. Der Bürgermeister sagte, die Gefahr sei größer.",
    (
        "cp1252",
        "French",
    ): "Le président a déclaré que les forces étaient déjà à la frontière. L’été dernier, près d’Évry.",
    (
        "cp1252",
        "Spanish",
    ): "El presidente dijo que la operación continuará mañana. ¿Cuándo terminará? Según los vecinos, nadie sabe.",
    (
        "cp1251",
        "Russian",
    ): "Президент заявил, что войска находятся в приграничных районах. По словам военных, операция идёт месяц.",
    (
        "cp1251",
        "Ukrainian",
    ): "Президент заявив, що українські війська діють у прикордонних районах. Операція триває вже місяць.",
    (
        "koi8_r",
        "Russian",
    ): "Президент заявил, что войска находятся в приграничных районах. По словам военных, операция продолжается.",
    (
        "cp1250",
        "Polish",
    ): "Prezydent oświadczył, że wojska działają w rejonach przygranicznych. Operacja trwa już miesiąc.",
    (
        "cp1254",
        "Turkish",
    ): "Cumhurbaşkanı, birliklerin sınır bölgelerinde olduğunu açıkladı. Operasyon bir aydır sürüyor, dedi.",
    (
        "cp1253",
        "Greek",
    ): "Ο πρόεδρος δήλωσε ότι οι δυνάμεις βρίσκονται στα σύνορα. Η επιχείρηση συνεχίζεται εδώ και έναν μήνα.",
    ("cp932", "Japanese"): "大統領は国境地帯に部隊がいると述べた。作戦は一か月続いている。",
    ("gb18030", "Chinese"): "总统表示，部队位于边境地区。据军方称，行动已经持续了一个月。",
}


@pytest.mark.parametrize(("encoding", "language"), SAMPLES, ids=lambda value: value)
@pytest.mark.parametrize("times", [1, 20], ids=["short", "long"])
def test_legacy_encodings_are_recognised(encoding, language, times):
    text = (SAMPLES[encoding, language] + "\n") * times
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == encoding


@pytest.mark.parametrize("language", ["English", "German", "Spanish"])
def test_windows_1252_is_certain_when_the_letters_are_those_of_one_language(language):
    assert decode(SAMPLES["cp1252", language].encode("cp1252")).confident


def test_few_letters_above_ascii_in_a_long_text_still_decide():
    text = "A line of plain words that tells nothing.\n" * 4000 + "“It’s over,” she said – at the café."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_dropped(encoding):
    decoded = decode("I like it 😊 in Berlin.".encode(encoding))
    assert decoded.text == "I like it 😊 in Berlin."
    assert decoded.confident


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize(
    "text", ["The mayor said: 240.\r\n", "Мэр сказал: двести сорок.\n", "市長は言った。\n二百四十人です。\n"]
)
def test_wide_encodings_without_a_mark_are_recognised(encoding, text):
    assert decode((text * 5).encode(encoding)).text == text * 5


@given(texts.filter(lambda text: text.strip("\ufeff\0 \t\r\n\f\v\u2028\u2029") and "\0" not in text))
def test_utf_8_comes_back_as_it_was(text):
    assert decode(("x" + text).encode()).text == "x" + text


def test_utf_8_with_a_bad_place_is_read_with_a_warning():
    decoded = decode("Это длинный текст с одной испорченной буквой.".encode()[:-2])
    assert decoded.encoding == "utf-8"
    assert not decoded.confident
    assert decoded.replaced == 1


def test_the_reviewer_can_correct_the_encoding():
    data = SAMPLES["cp1251", "Russian"].encode("cp1251")
    assert decode(data, "windows-1251").text == SAMPLES["cp1251", "Russian"]
    wrong = decode(data, "utf-8")
    assert wrong.replaced > 20
    assert encoding_choices(wrong)[0] == "utf-8"
    assert "cp1251" in encoding_choices(wrong)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-16-le"])
def test_a_chosen_encoding_drops_its_own_mark(encoding):
    assert decode("\ufeffword".encode("utf-8" if encoding == "utf-8" else "utf-16-le"), encoding).text == "word"


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "hex", ""])
def test_an_unknown_encoding_is_refused(encoding):
    with pytest.raises(FactdeskError, match="no such text encoding"):
        decode(b"text", encoding)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "blank"),
        (b"\xef\xbb\xbf\n", "blank"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"SQLite format 3\0", "database"),
        (b"text with a\0 stray NUL", "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
    ],
    ids=["empty", "blank", "only a mark", "pdf", "zip", "png", "jpeg", "sqlite", "NUL", "all bytes", "controls"],
)
def test_what_is_no_text_is_refused_by_name_with_a_hint(data, words):
    with pytest.raises(ImportRefusedError, match=words) as caught:
        decode(data, name="“scan.txt”")
    assert caught.value.message.startswith("“scan.txt”")
    assert caught.value.hint


@pytest.mark.parametrize("start", [b"ID3 tags were found", b"BZh is a word", b"II* and MM", b"Rar! she said"])
def test_texts_that_begin_like_a_magic_number_are_read(start):
    assert binary_kind(start) is None
