"""Values as SQL's text."""


def literal(value):
    """In ASCII, whatever is in it."""
    if value is None:
        return "null"
    special = {"'": "''", "\\": "\\\\"}
    inside = "".join(special.get(c, c if " " <= c <= "~" else f"\\U{ord(c):08x}")
                     for c in str(value))
    return f"E'{inside}'" if "\\" in inside else f"'{inside}'"


def call(function, arguments):
    """A call by names; NULLs are left out."""
    given = ", ".join(f"{name} => {literal(value)}" for name, value in arguments.items()
                      if value is not None)
    return f"{function}({given})"


def copied(text):
    """A text in the text format of COPY."""
    special = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return "".join(special.get(c, c) for c in text)
