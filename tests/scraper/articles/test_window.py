"""Between which days a visit was, by what its report is said to tell."""

from datetime import date

import pytest

from scraper.articles.window import Window, visit_window

OCTOBER = date(2016, 10, 5)


@pytest.mark.parametrize(
    ("said", "published", "window"),
    [
        (["The letter says that since May 2016 the pressures have grown."], None, Window(date(2016, 5, 1))),
        (["According to the report, cases have waited since early May 2016."], None, Window(date(2016, 5, 1))),
        (["Inspectors found that since May the police had fallen behind."], OCTOBER, Window(date(2016, 5, 1))),
        (["Inspectors found that since May the police had fallen behind."], None, Window()),
        (["When inspectors visited, 30 cases were waiting, some going back to July 4."], OCTOBER, Window(date(2016, 7, 4))),
        (["At the time of the visit, the oldest dated back to 4 July."], OCTOBER, Window(date(2016, 7, 4))),
        (["At the time of the visit, the oldest dated back to 4 July 2015."], None, Window(date(2015, 7, 4))),
        (["At the time of the visit, the oldest dated back to 4 July."], None, Window()),
        (["At the time of the visit,", "the oldest dated back to 4 July.", "The letter notes delays since May 2016."], None,
         Window(date(2016, 7, 4), date(2017, 7, 4))),
        (["At the time of the visit, the oldest dated back to 4 March.", "The letter notes delays since May 2016."], None,
         Window(date(2016, 5, 1))),
    ],
)  # fmt: skip
def test_what_a_report_tells_of_was_before_the_visit(said: list[str], published: date | None, window: Window) -> None:
    assert visit_window(said, published) == window


@pytest.mark.parametrize(
    "said",
    [
        "Since May 2016 the council has hired 40 social workers, its leader said.",
        "She has been a councillor since May 2015.",
        "The report was published on 4 July 2016.",
        "The report says that 30 children came into care in May 2016.",
        "It was judged inadequate in May 2014.",
        "At the time of the visit on 4 July 2016, all was well.",
        "Inspectors found drift in March, but since May 2016 staff have been hired.",
        "Inspectors said that since May 2016 the council has hired staff.",
        "Inspectors found drift; since May a new team is at work.",
        "The report said that the new director, in post since May, had made a difference.",
        "After the inspection Ann Reed, a cabinet member since May, said that the findings were fair.",
    ],
)
def test_what_others_tell_or_what_was_once_bounds_no_visit(said: str) -> None:
    assert visit_window([said], OCTOBER) == Window()


def test_what_is_said_to_be_so_since_a_day_after_the_article_bounds_nothing() -> None:
    assert visit_window(["The report says that cases wait since 4 November 2016."], OCTOBER) == Window()
