r"""brat's stand-off lines: written, and read again by brat's own rules.

A text-bound annotation is `T1⇥Type 10 20;21 42⇥text`: a span is cut into fragments at line ends, and the text in the third
column is the fragments joined by spaces. Notes stand on one line, with line ends as `\n` and backslashes doubled.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from factdesk.model.spans import Span

_NO_BREAK = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")  # where readers of text files may cut lines
_WORD = re.compile(r"[^A-Za-z0-9_-]+")
_TEXT_BOUND = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)\s*")
_RELATION = re.compile(r"(\S+) ([^\s:]+):(\S+) ([^\s:]+):(\S+)\s*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bound:
    """A text-bound annotation: its type and fragments."""

    type: str
    fragments: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From its first to its last character."""
        return Span(min(each.start for each in self.fragments), max(each.end for each in self.fragments))


@dataclass(slots=True)
class Standoff:
    """One .ann file, by ids; `bad` says for each line that breaks a rule which one and why."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)  # by what they belong to: name, value
    notes: dict[str, list[str]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)  # type, first, second
    same: list[tuple[str, ...]] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)  # event: its trigger
    bad: list[tuple[int, str]] = field(default_factory=list)
    others: int = 0  # lines of a sort that we have no use for


def fragments_of(text: str, span: Span) -> tuple[Span, ...]:
    """A span without the line ends in it, and without pieces of mere white space; never empty."""
    pieces = _NO_BREAK.finditer(text, span.start, span.end)
    return tuple(Span(match.start(), match.end()) for match in pieces if match.group().strip())


def bound_line(number: int, kind: str, text: str, fragments: Sequence[Span]) -> str:
    """A text-bound annotation as a line."""
    places = ";".join(f"{each.start} {each.end}" for each in fragments)
    return f"T{number}\t{kind} {places}\t{' '.join(each.of(text) for each in fragments)}\n"


def type_name(word: str) -> str:
    """A word as brat allows it for types and values."""
    return _WORD.sub("_", word.strip()).strip("_") or "Other"


def escaped(note: str) -> str:
    """A note on one line."""
    one = note.replace("\\", "\\\\")
    return re.sub("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]", r"\\n", one).replace("\t", r"\t")


def unescaped(line: str) -> str:
    """The other way."""
    return _ESCAPED.sub(lambda match: {"n": "\n", "t": "\t", "\\": "\\"}.get(match[1], match[0]), line)


def read_standoff(lines: Iterable[str], text: str) -> Standoff:
    """All lines of a file, held against the text that they are about."""
    found, seen = Standoff(), set[str]()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, _, rest = line.rstrip("\r\n").partition("\t")
        if name != "*" and name in seen:
            found.bad.append((number, f"{name} is there twice"))
            continue
        seen.add(name)
        reason = _READ.get(name[:1], _other)(found, name, rest, text)
        if reason:
            found.bad.append((number, reason))
    return found


def _bound(found: Standoff, name: str, rest: str, text: str) -> str:
    head, tab, quote = rest.partition("\t")
    match = _TEXT_BOUND.fullmatch(head)
    if match is None:
        return f"{name} has no type and place"
    pairs = [tuple(map(int, pair.split())) for pair in match[2].split(";")]
    if any(not 0 <= start < end <= len(text) for start, end in pairs):
        return f"{name} lies outside the text"
    fragments = tuple(Span(start, end) for start, end in pairs)
    said = " ".join(each.of(text) for each in fragments)
    if tab and quote.strip() and not quote.startswith(said) and quote.split() != said.split():
        return f"{name} says “{quote[:40]}”, and the text says “{said[:40]}” there"
    found.bounds[name] = Bound(match[1], fragments)
    return ""


def _attribute(found: Standoff, name: str, rest: str, _text: str) -> str:
    parts = rest.split()
    if len(parts) not in {2, 3}:
        return f"{name} is no attribute"
    found.attributes.setdefault(parts[1], {})[parts[0]] = parts[2] if len(parts) == 3 else ""
    return ""


def _relation(found: Standoff, name: str, rest: str, _text: str) -> str:
    match = _RELATION.fullmatch(rest.replace("\t", " "))
    if match is None:
        return f"{name} is no relation of two"
    found.relations.append((match[1], match[3], match[5]))
    return ""


def _note(found: Standoff, name: str, rest: str, _text: str) -> str:
    head, tab, note = rest.partition("\t")
    parts = head.split()
    if len(parts) != 2 or not tab:
        return f"{name} is no note"
    found.notes.setdefault(parts[1], []).append(unescaped(note))
    return ""


def _same(found: Standoff, name: str, rest: str, _text: str) -> str:
    parts = rest.split()
    if len(parts) < 3 or parts[0] != "Equiv":
        return f"{name} is no equivalence"
    found.same.append(tuple(parts[1:]))
    return ""


def _event(found: Standoff, name: str, rest: str, _text: str) -> str:
    kind, _, trigger = rest.partition(" ")[0].partition(":")
    if not kind or not trigger:
        return f"{name} is no event"
    found.events[name] = trigger
    found.others += 1
    return ""


def _other(found: Standoff, name: str, _rest: str, _text: str) -> str:
    if name[:1] == "N":
        found.others += 1
        return ""
    return "it begins with no sort of annotation that brat knows"


_READ = {"T": _bound, "A": _attribute, "M": _attribute, "R": _relation, "#": _note, "*": _same, "E": _event}
