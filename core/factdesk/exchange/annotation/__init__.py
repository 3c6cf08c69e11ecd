"""Annotated data as other tools hold it: labels and verdicts translated, marks placed, tokens cut, standoff and UIMA."""
