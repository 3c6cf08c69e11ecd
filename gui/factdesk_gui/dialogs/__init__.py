"""Windows that ask and return a value; they write nothing."""
