"""The docks around the reading panes."""
