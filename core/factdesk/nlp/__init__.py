"""Pre-annotation: spaCy pipelines and what we make of their output. Loaded in the child process only."""
