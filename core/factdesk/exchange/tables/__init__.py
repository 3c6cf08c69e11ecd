"""Tables with many articles: dialects, rows, and which column holds what."""
