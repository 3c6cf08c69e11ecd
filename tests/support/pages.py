"""Invented web pages, as untidy as those of real news sites."""

from factdesk.exchange.importers import read_source
from factdesk.exchange.readings import AS_IT_IS, BadPart, Found, Reading, ReadOptions, SourceFile

OPENING = (
    "The dam above Orlen broke on Sunday night after a week of rain, and 240 people were taken to a school in the upper "
    "town, officials said."
)
MAYOR = "Mayor Petra Lind said the wall “had been checked in autumn” and that nobody had warned the town."
ENGINEERS = (
    "Engineers of the regional water board were on their way to the village on Monday morning, a spokesman said. "
    "The dam was built in 1963 and raised twice since."
)
TITLE = "Dam at Orlen breaks after week of rain"
SCHEMA = """{"@context":"https://schema.org","@graph":[
 {"@type":"WebSite","@id":"https://courier.example/#site","name":"The Valley Courier"},
 {"@type":"Person","@id":"#ilka","name":"Ilka Brandt"},
 {"@type":"NewsArticle","headline":"Dam at Orlen breaks after week of rain","datePublished":"2026-03-18",
  "dateModified":"2026-03-19T11:02:00+01:00","author":[{"@id":"#ilka"},{"@type":"Person","name":"T. O&#8217;Hara"}],
  "publisher":{"@id":"https://courier.example/#site"}}]}"""
HEAD = f"""<title>{TITLE} | The Valley Courier</title>
<link rel="canonical" href="https://courier.example/2026/03/18/orlen-dam">
<meta property="og:title" content="{TITLE} - The Valley Courier">
<meta property="article:published_time" content="2026-03-18T07:45:00.000+0100">
<meta property="article:modified_time" content="2026-03-19T11:02:00+01:00">
<script type="application/ld+json">{SCHEMA}</script>
<script>document.write("<p>Never shown by anyone who runs no scripts.</p>")</script><style>p {{ color: red }}</style>"""
BODY = f"""<a class="skip-link" href="#main">Skip to content</a>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies and like techniques to improve your visit.</p>
<button>Accept all</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main id="main"><article><h1 class="headline">{TITLE}</h1>
<p class="byline">By <a rel="author" href="/ilka">Ilka Brandt</a> and T. O’Hara</p>
<time datetime="2026-03-18T07:45:00+01:00">18 March 2026</time>
<figure><img data-src="x.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" loading="lazy">
<figcaption>The broken wall on Sunday. Photo: Valley Courier</figcaption></figure>
<p>{OPENING.replace("Orlen", "<span><span>Or&shy;len</span></span>").replace("240 people", "<b>240&nbsp;people</b>")}</p>
<div class="ad-slot"><span>Advertisement</span></div>
<p>{MAYOR}</p><h2>What is known</h2>
<ul><li>The river rose by two metres within three hours.</li><li>The bridge at Tarn is <i>closed</i>.</li></ul>
<p class="promo">Read more: <a href="/x">How the dam was built in four years</a></p>
<blockquote><p>We heard a noise like a train, and then the water was in the kitchen.</p></blockquote>
<p>{ENGINEERS}</p>
<div class="newsletter-signup"><p>Sign up for our morning letter and never miss a story from the valley.</p></div></article>
<section class="related-stories"><h3>Related stories</h3><ul><li><a href="/a">Bridge at Tarn to be rebuilt</a></li></ul></section>
<section id="comments" class="comments"><h3>Comments</h3><div class="comment"><span class="comment-author">waterrat</span>
<p>I said so all along, and nobody listened to me about this dam.</p></div></section></main>
<footer><p>© 2026 Valley Courier Ltd. All rights reserved.</p></footer>"""
PAGE = f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">{HEAD}</head><body>{BODY}</body></html>'
TEXT = f"""{TITLE}

{OPENING}

{MAYOR}

What is known

- The river rose by two metres within three hours.
- The bridge at Tarn is closed.

We heard a noise like a train, and then the water was in the kitchen.

{ENGINEERS}"""


def page_of(*paragraphs: str, head: str = "", title: str = "") -> bytes:
    """A plain page of some paragraphs, in UTF-8."""
    heading = f"<h1>{title}</h1>" if title else ""
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body><article>{heading}{body}</article></body></html>".encode()


def found_in(name: str, data: bytes, options: ReadOptions = AS_IT_IS, **known: str) -> list[Found]:
    """All that is read from a file of this name."""
    return list(read_source(SourceFile(name, data, **known), options))  # type: ignore[arg-type]  # names of fields


def read(name: str, data: bytes, options: ReadOptions = AS_IT_IS, **known: str) -> Reading:
    """The one article of a file."""
    found = found_in(name, data, options, **known)
    assert len(found) == 1
    assert isinstance(found[0], Reading)
    return found[0]


def parts(found: list[Found]) -> tuple[list[Reading], list[BadPart]]:
    """The articles, and what could not be read."""
    return [each for each in found if isinstance(each, Reading)], [each for each in found if isinstance(each, BadPart)]
