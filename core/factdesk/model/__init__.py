"""The words of the product as plain values: no database, no window, no language model."""
