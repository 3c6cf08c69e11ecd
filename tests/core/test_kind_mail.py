"""With mails and mailboxes."""

import time
from email.message import EmailMessage

import pytest

from factdesk.errors import ImportRefusedError
from pages import ENGINEERS, MAYOR, OPENING, found_in, parts, read

BODY = f"{OPENING}\n\n{MAYOR}\n"


def mail(body=BODY, **heads):
    message = EmailMessage()
    said = {
        "From": "Ilka Brandt <ilka@courier.example>",
        "Subject": "Dämme über Orlen",
        "Date": "Wed, 18 Mar 2026 07:45:00 +0100",
    }
    for name, value in (said | heads).items():
        message[name.replace("_", "-")] = value
    if body is not None:
        message.set_content(body)
    return message


def raw(*lines, body=BODY):
    return "\r\n".join([*lines, "", body]).encode("utf-8", "surrogateescape")


def test_a_mail_is_an_article_by_its_sender():
    data = mail().as_bytes()
    reading = read("orlen.eml", data)
    article = reading.article
    assert article.text == BODY.strip()
    assert article.meta.title == "Dämme über Orlen"
    assert article.meta.byline == "Ilka Brandt"
    assert article.meta.publisher == "courier.example"
    assert article.meta.published_at == "2026-03-18T07:45:00+01:00"
    assert article.meta.language == "en"
    assert article.source.original is data
    assert article.source.media_type == "message/rfc822"
    assert not reading.warnings


def test_a_list_is_the_publisher_of_its_letters():
    meta = read("a.eml", mail(List_Id="Valley Morning <morning.courier.example>").as_bytes()).article.meta
    assert meta.publisher == "Valley Morning"
    meta = read("a.eml", mail(List_Id="<morning.courier.example>", From="ilka@courier.example").as_bytes()).article.meta
    assert (meta.publisher, meta.byline) == ("morning.courier.example", "ilka@courier.example")


def test_the_plain_form_is_taken_unless_it_is_a_stub():
    both = mail()
    both.add_alternative(f"<html><body><p>{OPENING}</p><p>{MAYOR}</p></body></html>", subtype="html")
    assert read("a.eml", both.as_bytes()).article.text == BODY.strip()
    stub = mail("Please open this letter in your browser: https://courier.example/letter\n")
    stub.add_alternative(
        f"<html><body style='x'><div style='display:none'>Preview</div><p>{OPENING}</p><ul><li>{MAYOR}</ul></body></html>",
        subtype="html",
    )
    assert read("a.eml", stub.as_bytes()).article.text == f"{OPENING}\n\n- {MAYOR}"


def test_attachments_are_named_and_pictures_in_the_text_are_not():
    message = mail(None)
    message.set_content(f"<p>{OPENING}</p>", subtype="html")
    message.add_related(b"\x89PNG", "image", "png", cid="<p1>", filename="logo.png")
    message.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="Pläne.pdf")
    message.add_attachment("a;b", subtype="csv", filename="rise.csv")
    reading = read("a.eml", message.as_bytes())
    assert reading.article.text == OPENING
    assert reading.warnings == ("2 attachments were not read: “Pläne.pdf”, “rise.csv”.",)


def test_earlier_messages_stay_and_are_told():
    body = f"{BODY}\n-- \nIlka\n\nOn 17 March 2026 Petra Lind wrote:\n> Who built it?\n> And when?\n> In 1963?\n"
    reading = read("a.eml", mail(body).as_bytes())
    assert reading.article.text == body.strip()
    assert reading.warnings == ("It holds the quoted text of earlier messages.",)


def test_a_forwarded_mail_stands_in_the_outer_one():
    outer = mail("See below.\n", Subject="Fwd: dam", From="Petra Lind <petra@town.example>")
    outer.add_attachment(mail())
    article = read("a.eml", outer.as_bytes()).article
    inner = "From: Ilka Brandt <ilka@courier.example>\nDate: Wed, 18 Mar 2026 07:45:00 +0100\nSubject: Dämme über Orlen"
    assert article.text == f"See below.\n\n{inner}\n\n{BODY.strip()}"
    assert article.meta.byline == "Petra Lind"


def test_flowed_text_has_its_paragraphs_back():
    body = "The dam above Orlen broke \r\non Sunday night.\r\n\r\n> It was \r\n> checked.\r\n From here on.\r\n-- \r\nIlka \r\nBrandt\r\n"
    heads = ("From: a@b.example", "Subject: x", 'Content-Type: text/plain; charset="utf-8"; format=flowed')
    text = read("a.eml", raw(*heads, body=body)).article.text
    assert text == "The dam above Orlen broke on Sunday night.\n\n> It was checked.\nFrom here on.\n-- \nIlka Brandt"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("=?utf-8?B?RMOkbW1l?= =?utf-8?Q?_brechen?=", "Dämme brechen"),
        ("=?iso-8859-1?Q?D=E4mme?= und Wasser", "Dämme und Wasser"),
        ("=?no-such-code?Q?D=C3=A4mme?=", "Dämme"),
        ("=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
        ("Dämme\r\n brechen", "Dämme brechen"),
        ("", ""),
    ],
)
def test_subjects_survive_whatever_they_were_encoded_with(subject, expected):
    assert read("a.eml", raw("From: a@b.example", f"Subject: {subject}", "Date: x")).article.meta.title == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Wed, 18 Mar 2026 07:45:00 -0000", "2026-03-18T07:45:00Z"),
        ("18 Mar 2026 07:45 EST (eastern)", "2026-03-18T07:45:00-05:00"),
        ("yesterday", ""),
        ("Wed, 99 Mar 99999 07:45:00 +9900", ""),
    ],
)
def test_the_date_keeps_its_zone(date, expected):
    assert read("a.eml", raw("From: a@b.example", "Subject: x", f"Date: {date}")).article.meta.published_at == expected


def test_a_broken_encoding_is_guessed_or_told():
    words = (
        "Плотина прорвалась в воскресенье вечером. Жителей отвезли в школу, сообщил мэр. Никого не предупредили. " * 4
    )
    heads = b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=%s\n\n"
    for name in (b"windows-1251", b"nonsense", b"utf-8"):
        assert read("a.eml", heads % name + words.encode("cp1251")).article.text.startswith("Плотина прорвалась")
    reading = read("a.eml", heads % b"utf-8" + words.encode() + b"\xff")
    assert reading.replaced == 1
    assert "could not be read" in reading.warnings[0]


def test_a_mailbox_is_many_articles_and_bad_ones_are_told():
    messages = [mail().as_bytes(), mail(None).as_bytes(), mail(f"{ENGINEERS}\n\n>From the hills it came.\n").as_bytes()]
    data = b"".join(b"From ilka@courier.example Wed Mar 18 07:45:00 2026\n" + each + b"\n" for each in messages)
    readings, bad = parts(found_in("box.mbox", data))
    assert [each.place for each in readings] == ["message 1", "message 3"]
    assert [each.place for each in bad] == ["message 2"]
    assert readings[1].article.text.endswith("\nFrom the hills it came.")
    assert readings[0].article.source.original.strip() == messages[0].strip()


def test_a_mail_without_text_is_refused():
    with pytest.raises(ImportRefusedError, match="holds no text"):
        read("a.eml", mail(None).as_bytes())


def nested(depth):
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"From: a@b.example\nSubject: x\n{heads}Content-Type: text/plain\n\n{OPENING}\n".encode()


@pytest.mark.parametrize(
    "data",
    [
        nested(40),
        nested(1500),
        nested(50) + b"word\n" * 500_000,
        b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\n" + OPENING.encode(),
        b"Subject: x\nTo: y\nDate: z\nFrom: " + b"<" * 500_000 + b"\n\n" + OPENING.encode(),
        b"From: a@b.example\nSubject: x\nContent-Type: " + b"a;" * 300_000 + b"\n\n" + OPENING.encode(),
    ],
    ids=["nested", "very nested", "nested and long", "subject", "sender", "type"],
)
def test_a_hostile_mail_ends_soon_with_its_text_or_a_refusal(data):
    started = time.process_time()
    try:
        text = read("a.eml", data).article.text
    except ImportRefusedError as error:
        text = error.message
    assert OPENING in text or "too many" in text
    assert time.process_time() - started < 10
