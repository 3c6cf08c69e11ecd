"""Our own records (JSONL): their fields, their schema, and a project made of them again."""
