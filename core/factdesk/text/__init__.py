"""Text as it is stored: decoding, the one normal form, offsets and words."""
