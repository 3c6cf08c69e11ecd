"""Qt models fed with values of the core."""
