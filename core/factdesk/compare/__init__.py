"""Comparing what claims and articles say: plain functions on plain values, without a database or a language model."""
