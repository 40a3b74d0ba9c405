"""How many of what, in words that agree."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 report`, `2 reports`, `1,530 reports`; `many` where the plural takes more than an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
