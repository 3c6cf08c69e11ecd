"""The article in a page: its own text without menus, notices and what else stands around it."""

import logging
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from factdesk.exchange.pages.facts import Facts
from factdesk.exchange.pages.flow import text_of
from factdesk.exchange.pages.fragments import fragment_text
from factdesk.exchange.pages.markup import Page, crude_text
from factdesk.exchange.pages.tree_repairs import repair, restore

MOST_TAGS = 40_000  # opening and closing ones; what searches for the article takes minutes beyond
LARGEST = 3_000_000  # code points of markup without its scripts, for the same reason
MOST_WORK = 600_000  # depths of all elements together, nested lists and tables counted more
SHORT = 250  # code points; a shorter find is compared with the whole page

_PARAGRAPH = 80  # characters of one that counts
_SAMPLE = 200  # of them are looked for
_MUCH = 0.25  # of them left out is worth a word
_AROUND = frozenset(["nav", "header", "footer", "aside", "form", "dialog", "menu", "figcaption"])
_NESTING = frozenset(["ul", "ol", "dl", "table", "blockquote"])
_LISTS = frozenset({"ul", "ol", "dl"})
_BLOCKS = frozenset({"table", "blockquote"})
_LEFT_OUT = re.compile(
    r"(?:^|[\s_-])(?:cookies?|gdpr|consent|cmp|newsletter|related|recirc|recommend(?:ed|ations)?|read-?more|readmore|"
    r"also-read|see-also|most-read|trending|share|sharing|social|promo|advert(?:isement)?|ads?|ad-slot|sponsored|paywall|"
    r"subscribe|signup|comments?|disqus|captions?|credits?|breadcrumbs?|toolbar|skip-link|sr-only|visually-hidden|"
    r"outbrain|taboola|author-bio|tags|topics)(?:$|[\s_-])",
    re.IGNORECASE,
)
_JUNK = re.compile(
    r"(?:read more|read also|also read|read next|read:|see also|see more|more on this(?: story)?|related(?: stories| articles| topics)?|"
    r"recommended(?: stories)?|advertisement|sponsored(?: content)?|story continues below(?: advertisement)?|"
    r"article continues after ad(?:vertisement)?|continue reading|sign up (?:for|to) |subscribe to |follow us |"
    r"share (?:this|on) |share$|skip to |click here |download our app|watch:|listen:|"
    r"lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lea también|leggi anche|читайте также|читайте також)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:advertisement|advertising|sponsored(?: content)?|share(?: this(?: article| story)?)?|save|print|comments?|related|"
    r"(?:story|article) continues (?:below|after) (?:the )?ad(?:vertisement)?|continue reading|read more|loading\W*|"
    r"copy link|link copied\W*|anzeige|werbung|publicité|реклама)\W*",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock)|(?:to )?continue reading (?:this article|,? ?subscribe)|"
    r"(?:article|story|content) is (?:only |exclusively )?(?:for|available to|reserved for) (?:our )?(?:subscribers|members)|"
    r"to read the (?:full|rest of (?:the|this)) (?:article|story)|log ?in or subscribe|already a subscriber|"
    r"you have reached your (?:limit|monthly)|nur für abonnenten|réservé aux abonnés|solo para suscriptores",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text of an article and what a person should know about it, in sentences."""

    text: str
    warnings: tuple[str, ...] = ()


def article_text(page: Page, facts: Facts) -> ArticleText:
    """The article of a page; all text of the page where no article can be told from the rest, with a warning."""
    if page.root is None:
        return ArticleText(
            crude_text(page.text),
            (
                "The page is nested deeper, or has longer lines, than a page should: all text between its tags was taken.",
            ),
        )
    if page.tags > MOST_TAGS or len(page.text) > LARGEST or _is_nested(page.root):
        return ArticleText(
            text_of(page.root, skips=_is_around),
            ("The page is too large or too deeply nested to tell the article from the rest: all its text was taken.",),
        )
    text, doubt = _found(page.root)
    warnings = [doubt] if doubt else []
    if len(facts.body) > max(SHORT, 1.5 * len(text)):
        text = _plain(facts.body)
        warnings = ["The text was taken from what the page holds for search engines, which may lack its headings."]
    if len(text) < SHORT:
        whole = text_of(page.root, skips=_is_around) or text_of(page.root)
        if len(whole) > len(text):
            text = whole
            warnings = ["Little text was found on the page, so all of it was taken; look for menus and notices in it."]
        else:
            warnings.append("Little text was found on the page.")
    if _is_cut(page.root, text, facts):
        warnings.append("The page asks to subscribe or log in to read on: the text may be cut off.")
    if _articles(page.root) > 1:
        warnings.append("The page holds several articles; check that the text is the right one and only one.")
    return ArticleText(_with_headline(text, facts), tuple(warnings))


def _found(root: Any) -> tuple[str, str]:
    """What trafilatura takes for the article, which gets a tree and so fetches nothing; and a doubt about it, or ""."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = deepcopy(root)
    _leave_out(tree)
    repair(tree)
    paragraphs = _long_paragraphs(tree)
    try:
        document = bare_extraction(tree, include_comments=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):  # odd markup
        return "", ""
    body = getattr(document, "body", None)
    if body is None:
        return "", ""
    whole = restore(text_of(body, is_html=False))
    text = "\n\n".join(each for each in whole.split("\n\n") if each and not _is_junk(each))
    kept = "".join(text.split())
    missing = sum(len(each) for each in paragraphs if each not in kept)
    share = missing / max(1, sum(map(len, paragraphs)))
    if share < _MUCH:
        return text, ""
    return (
        text,
        f"About {round(100 * share, -1):.0f} % of the page's paragraphs do not seem to belong to the article and were left out.",
    )


def _long_paragraphs(tree: Any) -> list[str]:
    """The paragraphs of the page that may belong to its article, without blanks."""
    found: dict[str, None] = {}
    for element in tree.iter("p", "li"):
        text = "".join(restore(text_of(element)).split())
        if len(text) > _PARAGRAPH and not any(_is_around(each) for each in element.iterancestors()):
            found[text] = None
    return list(found)[:_SAMPLE]


def _leave_out(tree: Any) -> None:
    """Removes what stands around an article and is named so, unless it holds a good part of the page's text."""
    most = sum(len(piece) for piece in tree.itertext()) / 3
    for element in list(tree.iter("div", "section", "aside", "p", "span", "ul", "figcaption", "a")):
        own = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
        is_named = _LEFT_OUT.search(own) is not None or element.tag == "figcaption"
        if not is_named or element.getparent() is None:
            continue
        length = 0
        for piece in element.itertext():
            length += len(piece)
            if length > most:
                break
        else:
            element.drop_tree()


def _is_junk(paragraph: str) -> bool:
    if len(paragraph) > 200 or "\n" in paragraph:
        return False
    if _ALONE.fullmatch(paragraph):
        return True
    return _JUNK.match(paragraph) is not None and not paragraph.endswith((".", "”", '."', "。"))


def _is_nested(root: Any) -> bool:
    """Whether elements in elements would make the search for the article take longer than a person waits."""
    from lxml import etree

    depth = lists = blocks = work = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        lists += step * (element.tag in _LISTS)
        blocks += step * (element.tag in _BLOCKS)
        if event == "start":
            work += depth + (2 ** min(lists, 20) * 10 if element.tag in _LISTS else 0) + blocks * blocks
    return work > MOST_WORK


def _is_around(element: Any) -> bool:
    return element.tag in _AROUND


def _plain(body: str) -> str:
    """The text of a body that may hold markup."""
    if re.search(r"</?(?:p|br|div)\b", body, re.IGNORECASE):
        return fragment_text(body)
    return re.sub(r"\s*\n\s*", "\n\n", body.strip())


def _is_cut(root: Any, text: str, facts: Facts) -> bool:
    if _PAYWALL.search(text[-600:]):
        return True
    if len(text) > 5000:
        return False
    return facts.is_paid or _PAYWALL.search(" ".join(text_of(root).split())[:200_000]) is not None


def _articles(root: Any) -> int:
    """How many elements are marked as articles and hold some paragraphs."""
    found = 0
    for element in root.iter("article"):
        if not any(each.tag == "article" for each in element.iterancestors()):
            found += sum(len("".join(each.itertext())) for each in list(element.iter("p"))[:200]) > 2 * SHORT
    return found


def _with_headline(text: str, facts: Facts) -> str:
    """The text with the headline of the page before it, if it does not begin with it."""
    if not facts.headline or not text:
        return text
    start = re.sub(r"\W+", "", text[: 3 * len(facts.headline) + 600]).casefold()
    wanted = re.sub(r"\W+", "", facts.headline).casefold()
    return text if wanted in start else f"{facts.headline}\n\n{text}"
