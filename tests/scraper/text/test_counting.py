"""How many of what, in words that agree."""

from scraper.text import counted


def test_one_has_no_plural_and_nothing_has_one() -> None:
    assert [counted(number, "report") for number in (0, 1, 2)] == ["0 reports", "1 report", "2 reports"]


def test_a_plural_that_is_more_than_an_s_is_said() -> None:
    assert counted(1, "authority", "authorities") == "1 authority"
    assert counted(153, "authority", "authorities") == "153 authorities"
    assert counted(2, "mail waits", "mails wait") == "2 mails wait"


def test_thousands_are_told_apart() -> None:
    assert counted(1530, "report") == "1,530 reports"
