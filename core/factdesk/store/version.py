"""The project file's marks: what kind of file it is and which schema it has."""

APPLICATION_ID = 0x46414354  # "FACT"
MAJOR = 2  # raised when an older Factdesk would misread or spoil the file: it then refuses to open it
MINOR = 2  # raised when tables or columns are only added: an older Factdesk still works
SCHEMA = MAJOR * 1000 + MINOR  # PRAGMA user_version


def schema_name(user_version: int) -> str:
    """A schema number for people: 1.0."""
    return f"{user_version // 1000}.{user_version % 1000}"


def major_of(user_version: int) -> int:
    """The part that decides whether a file can be opened."""
    return user_version // 1000
