"""The text of PDF pages laid out as an article: lines, columns, margins, paragraphs. Pure."""
