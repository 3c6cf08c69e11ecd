"""The child process that reads other people's files and writes exports: requests on its input, answers on its output.

`python -m factdesk.exchange.process_main read|write`. Whoever reads may use little memory and write no file at all, so
that a hostile file can do no more than end this process.
"""

import contextlib
import hashlib
import os
import sys
import traceback
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import BinaryIO

from factdesk.child_process import Allowance, limit_resources, settle_in
from factdesk.errors import FactdeskError, ImportRefusedError, MappingNeededError
from factdesk.exchange import messages, pulse
from factdesk.exchange.archives import Archive, is_archive, parts_of
from factdesk.exchange.importers import load_file, read_source
from factdesk.exchange.readings import BadPart, Found, KnownPart, Origin, Reading, ReadOptions, SourceFile
from factdesk.store.connection import open_reader
from factdesk.store.opening import is_writable

MEMORY = 2 * 1024 * 1024 * 1024  # bytes of address space for one who reads
SECONDS = 10
"""Processor time for one who reads, from one article, row or page to the next."""


class Clerk:
    """Serves one request after the other; with an allowance each piece of work has only so much processor time."""

    def __init__(self, answers: BinaryIO, allowance: Allowance | None = None) -> None:
        self._answers = answers
        self._allowance = allowance
        self._known: frozenset[str] = frozenset()

    def serve(self, request: messages.Message) -> None:
        """Answers a request; a fault is an answer too."""
        self._renew()
        try:
            with pulse.listening(self._at):
                self._do(request)
        except FactdeskError as error:
            self._say(messages.refused_to(error.message, error.hint, type(error).__name__))
        except MemoryError:
            self._say(
                messages.refused_to(
                    f"{_named(request)} needs too much memory.", "It may be broken; try a smaller part."
                )
            )
        except Exception as error:  # noqa: BLE001 - the border of the process: other people's files break any parser
            traceback.print_exc(file=sys.stderr)
            reason = f"{type(error).__name__}: {error}"[:300]
            self._say(
                messages.refused_to(
                    f"{_named(request)} cannot be read ({reason}).", "It may be damaged or of another kind."
                )
            )

    def _do(self, request: messages.Message) -> None:
        match request["do"]:
            case "know":
                self._known = frozenset(request["sha256"])
                self._say({"is": "end"})
            case "read":
                options = messages.read_options_from(request["options"])
                for found in _read(Path(request["path"]), options, self._known):
                    self._say(_message(found))
                self._say({"is": "end"})
            case "head":
                self._head(request)
            case "export":
                self._export(request)
            case "foresee":
                self._foresee(request)
            case unknown:
                raise ValueError(f"no such request: {unknown}")

    def _head(self, request: messages.Message) -> None:
        from factdesk.exchange.tables.mapping import table_head  # noqa: PLC0415 - only for tables

        path, options = Path(request["path"]), messages.read_options_from(request["options"])
        if options.member:
            with Archive(path) as archive:
                file = archive.part(options.member)
        else:
            file = load_file(path)
        self._say({"is": "head"} | asdict(table_head(file, options)))

    def _export(self, request: messages.Message) -> None:
        from factdesk.exchange.exporters import export_project  # noqa: PLC0415 - not for one who only reads

        def progress(done: int, total: int) -> None:
            self._say({"is": "progress", "done": done, "total": total})

        project = Path(request["project"])
        options = messages.export_options_from(request["options"])
        with open_reader(project, writable_place=is_writable(project)) as reader:
            made = export_project(reader, request["format"], request["out"], options, progress)
        self._say(
            {
                "is": "exported",
                "written": asdict(made.written),
                "losses": [asdict(loss) for loss in made.losses],
                "checked": asdict(made.checked),
            }
        )

    def _foresee(self, request: messages.Message) -> None:
        from factdesk.exchange.exporters import foresee  # noqa: PLC0415 - not for one who only reads

        project = Path(request["project"])
        options = messages.export_options_from(request["options"])
        with open_reader(project, writable_place=is_writable(project)) as reader:
            losses = foresee(reader, request["format"], options)
        self._say({"is": "foreseen", "losses": [asdict(loss) for loss in losses]})

    def _at(self, place: str) -> None:
        self._say({"is": "at", "place": place})

    def _say(self, message: messages.Message) -> None:
        self._answers.write(messages.encode(message))
        self._answers.flush()
        self._renew()

    def _renew(self) -> None:
        if self._allowance is not None:
            self._allowance.renew()


def _named(request: messages.Message) -> str:
    return f"“{Path(request['path']).name}”" if "path" in request else "The export"


def _message(found: Found | KnownPart) -> messages.Message:
    if isinstance(found, Reading):
        return messages.reading_to(found)
    return messages.bad_to(found) if isinstance(found, BadPart) else messages.known_to(found)


def _read(path: Path, options: ReadOptions, known: frozenset[str]) -> Iterator[Found | KnownPart]:
    if not is_archive(path):
        yield from _read_one(load_file(path), path, (), options, known)
        return
    if options.member:
        with Archive(path) as archive:
            file = archive.part(options.member)
        yield from _read_one(file, path, options.member, options, known)
        return
    count = 0
    for member, part in parts_of(path):
        if isinstance(part, BadPart):
            yield part
            continue
        place = " › ".join(member)
        try:
            with pulse.inside(place):
                for found in _read_one(part, path, member, options, known):
                    count += 1
                    yield found
        except FactdeskError as error:
            yield BadPart(place, error.message, error.hint, member, isinstance(error, MappingNeededError))
        except MemoryError:
            yield BadPart(place, "it needs too much memory", member=member)
        except Exception as error:  # noqa: BLE001 - one bad file of an archive must not end the others
            traceback.print_exc(file=sys.stderr)
            yield BadPart(place, f"it cannot be read ({type(error).__name__})", member=member)
    if not count:
        raise ImportRefusedError(f"“{path.name}” holds no file that can be imported.", "Look what is in it.")


def _read_one(
    file: SourceFile, path: Path, member: tuple[str, ...], options: ReadOptions, known: frozenset[str]
) -> Iterator[Found | KnownPart]:
    place = " › ".join(member)
    digest = hashlib.sha256(file.data).hexdigest()
    if digest in known:
        yield KnownPart(place, digest)
        return
    for found in read_source(file, options):
        inside = " › ".join(filter(None, (place, found.place)))
        if isinstance(found, Reading) and found.article.source.original is file.data:
            yield replace(found, place=inside, member=member, origin=Origin(path, member, digest, len(file.data)))
        else:
            yield replace(found, place=inside, member=member)


def main(argv: list[str] | None = None) -> int:
    """Runs until the input ends; the first argument says whether it reads or writes."""
    arguments = sys.argv[1:] if argv is None else argv
    answers = settle_in()
    if arguments == ["read"]:
        limit_resources(MEMORY)
    clerk = Clerk(answers, Allowance(SECONDS) if arguments == ["read"] else None)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        for line in iter(sys.stdin.buffer.readline, b""):
            clerk.serve(messages.decode(line))
    os._exit(0)  # whatever a library still wants to do at the end is not waited for


if __name__ == "__main__":
    sys.exit(main())
