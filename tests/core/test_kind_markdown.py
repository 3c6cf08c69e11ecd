"""With Markdown."""

import time

import pytest

from factdesk.exchange.readings import ReadOptions
from pages import ENGINEERS, MAYOR, OPENING, read

NOTE = f"""---
title: "Dam at Orlen: the wall"  # as printed
authors:
  - Ilka Brandt
  - T. Lind
date: 2026-03-18T07:45:00+01:00
source: https://courier.example/orlen
publisher: 'The Valley Courier'
lang: en_GB
tags: [dam, river]
---

Dam at Orlen breaks
===================

{OPENING.replace("240 people", "**240 people**").replace("in the upper", "[in](https://x.example) the" + chr(10) + "upper")}
Officials came.\\
A new line ![the wall](wall.png).

- one *thing*
- another
  1. inner
  2. second

  and more

> {MAYOR}

| Place | Rise |
|-------|-----:|
| Orlen | ~~1~~ 2 m |
| Tarn  |      |

```text
rise  2.0
```

<div>A <b>box</b> &amp; more</div>

Line &copy; with \\*stars\\* and `code`.
"""


def test_markdown_is_read_without_its_marks_and_with_what_it_says_of_itself():
    data = NOTE.encode()
    reading = read("note.md", data)
    article = reading.article
    first = OPENING.replace("in the upper", "in the upper")
    assert article.text == "\n\n".join(
        (
            "Dam at Orlen breaks",
            f"{first} Officials came.\nA new line .",
            "- one thing\n- another\n1. inner\n2. second\nand more",
            MAYOR,
            "Place | Rise\nOrlen | 1 2 m\nTarn",
            "rise  2.0",
            "A box & more",
            "Line © with *stars* and code.",
        )
    )
    meta = article.meta
    assert (meta.title, meta.byline) == ("Dam at Orlen: the wall", "Ilka Brandt, T. Lind")
    assert (meta.publisher, meta.url) == ("The Valley Courier", "https://courier.example/orlen")
    assert (meta.published_at, meta.language) == ("2026-03-18T07:45:00+01:00", "en-GB")
    assert article.source.original is data
    assert (article.source.media_type, reading.kind, reading.warnings) == ("text/markdown", "Markdown", ())


def test_without_lines_at_the_top_the_heading_is_the_title():
    meta = read("note.markdown", f"# The *wall*\r\n\r\n{OPENING}\r\n".encode("utf-16")).article.meta
    assert (meta.title, meta.language) == ("The wall", "en")


def test_a_rule_at_the_top_is_no_front_matter():
    text = read("note.md", f"---\n\n{OPENING}\n\n---\n\n{MAYOR}\n".encode()).article.text
    assert text == f"{OPENING}\n\n{MAYOR}"


def test_the_reviewer_s_encoding_is_used():
    data = "# Плотина\n\nОна прорвалась.".encode("koi8_r")
    assert read("a.md", data, ReadOptions("koi8_r")).article.text == "Плотина\n\nОна прорвалась."


TANGLES = {
    "brackets": "[" * 50_000,
    "spaced": "[a](" * 40_000,
    "stars": "*a " * 100_000,
    "quotes": "> " * 30_000 + "x",
    "lists": "".join("  " * n + "- x\n" for n in range(500)),
    "ticks": "".join("`" * n + " " for n in range(1, 600)),
    "tags": "<a " * 60_000,
    "references": "".join(f"[a{n}]: x\n" for n in range(30_000)),
    "table": "|a" * 3000 + "\n" + "|-" * 3000 + "\n" + "x\n" * 3000,
    "large": f"{ENGINEERS}\n" * 20_000,
}


@pytest.mark.parametrize("text", TANGLES.values(), ids=TANGLES)
def test_tangled_marks_end_soon(text):
    started = time.process_time()
    assert read("a.md", f"{OPENING}\n\n{text}".encode()).article.text.startswith(OPENING)
    assert time.process_time() - started < 10
