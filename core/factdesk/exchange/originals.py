"""The original bytes of what was read, fetched when it is stored."""

import hashlib
from dataclasses import replace

from factdesk.errors import ImportRefusedError
from factdesk.exchange.archives import Archive
from factdesk.exchange.importers import load_file
from factdesk.exchange.readings import Origin, Reading
from factdesk.model.articles import NewArticle


class Originals:
    """Fetches them one after the other; an archive stays open while its files are asked for."""

    def __init__(self) -> None:
        self._archive: Archive | None = None

    def completed(self, reading: Reading) -> NewArticle:
        """The article with its original bytes.

        Raises ImportRefusedError when the file is gone or was changed since it was read.
        """
        origin = reading.origin
        if origin is None:
            return reading.article
        data = self._fetch(origin)
        if hashlib.sha256(data).hexdigest() != origin.sha256:
            raise ImportRefusedError(f"“{origin.path.name}” was changed since it was read.", "Import it again.")
        return replace(reading.article, source=replace(reading.article.source, original=data))

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive is not None:
            self._archive.close()
        self._archive = None

    def __enter__(self) -> "Originals":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _fetch(self, origin: Origin) -> bytes:
        if not origin.member:
            return load_file(origin.path).data
        if self._archive is None or self._archive.path != origin.path:
            self.close()
            self._archive = Archive(origin.path)
        return self._archive.part(origin.member).data
