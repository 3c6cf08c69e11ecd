"""How pre-annotation runs: in a child process that speaks JSON lines, or directly for scripts."""
