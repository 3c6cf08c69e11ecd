"""Plain text: whatever can be decoded and is no markup."""

from collections.abc import Iterator

from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.decode import Decoded, decode
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

MEDIA_TYPE = "text/plain"


def read_plain(file: SourceFile, options: ReadOptions) -> Iterator[Reading]:
    """The whole file as one article."""
    yield plain_article(file, options)


def plain_article(file: SourceFile, options: ReadOptions) -> Reading:
    """A text file as an article; refuses empty and binary ones."""
    decoded = decoded_text(file, options)
    text = normalise(decoded.text)
    source = ArticleSource(file.data, file.name, decoded.encoding, MEDIA_TYPE, file.captured_at)
    article = NewArticle(text, meta_of_text(text), source)
    return Reading(article, decoded.confident, decoded.alternatives, decoded.replaced)


def decoded_text(file: SourceFile, options: ReadOptions) -> Decoded:
    """The bytes of a text file of any kind as text, in the encoding chosen or detected."""
    try:
        return decode(file.data, options.encoding, name=file.quoted)
    except ImportRefusedError:
        raise
    except FactdeskError as error:  # an encoding that does not exist
        raise ImportRefusedError(error.message, error.hint) from error


def meta_of_text(text: str) -> ArticleMeta:
    """What a bare text says about itself."""
    return ArticleMeta(title=find_headline(text), language=guess_language(text))


IMPORTER = Importer(
    "plain", "Plain text", MEDIA_TYPE, frozenset({".txt", ".text", ".asc", ".log", ""}), read_plain, has_encoding=True
)
