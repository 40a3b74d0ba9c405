"""What a text says about which visit it means."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scraper.articles.clues import clues
from scraper.database import clues_from_json
from scraper.database.article_rows import clues_to_json
from scraper.items import Article, Counted, VisitClues

JUNE_2023 = datetime(2023, 6, 20, 9, tzinfo=UTC)


def read(
    text: str, headline: str = "Ofsted report", kind: str | None = None, published: datetime | None = JUNE_2023
) -> VisitClues:
    return clues(Article("", headline, text, "", published), kind)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (
            "The inspection was carried out between December 6 and December 17, 2021.",
            date(2021, 12, 6),
            date(2021, 12, 17),
        ),
        ("Inspectors visited from 6 to 17 December 2021.", date(2021, 12, 6), date(2021, 12, 17)),
        ("The visit took place on 17 and 18 January.", date(2023, 1, 17), date(2023, 1, 18)),
        ("The inspection took place between 28 November and 2 December 2022.", date(2022, 11, 28), date(2022, 12, 2)),
        (
            "Ofsted carried out a focused visit from 29 November to 3 January 2023.",
            date(2022, 11, 29),
            date(2023, 1, 3),
        ),
        ("An inspection carried out from May 15-19 found progress.", date(2023, 5, 15), date(2023, 5, 19)),
        ("The focused visit took place on Tuesday, 13 September 2022.", date(2022, 9, 13), date(2022, 9, 13)),
        ("Inspectors visited between 12th and 23rd of September 2022.", date(2022, 9, 12), date(2022, 9, 23)),
        ("On 3 and 4 May inspectors visited the council.", date(2023, 5, 3), date(2023, 5, 4)),
        (
            "Ofsted's Reading inspection review says inspectors visited on 3 and 4 May.",
            date(2023, 5, 3),
            date(2023, 5, 4),
        ),
        (
            "The inspection report, which came out in June, says that inspectors visited from 3 to 5 May.",
            date(2023, 5, 3),
            date(2023, 5, 5),
        ),
        ("Ofsted's inspection on 29 February found progress.", date(2020, 2, 29), date(2020, 2, 29)),
        ("The two-day visit on November 29 and 30 looked at care leavers.", date(2022, 11, 29), date(2022, 11, 30)),
        (
            "The report, published on 9 June, follows an inspection held between 2 and 13 May.",
            date(2023, 5, 2),
            date(2023, 5, 13),
        ),
        (
            "Councillors will discuss the inspection, which ran from 2 to 13 May, on 24 July.",
            date(2023, 5, 2),
            date(2023, 5, 13),
        ),
        (
            "Councillors will hear of the inspection on July 4. Inspectors visited on May 3.",
            date(2023, 5, 3),
            date(2023, 5, 3),
        ),
        ("Inspectors were on site for two days, on 3 and 4 May.", date(2023, 5, 3), date(2023, 5, 4)),
        (
            "Six inspectors from Ofsted, who were in the city from 29 December to 9 January, saw drift.",
            date(2022, 12, 29),
            date(2023, 1, 9),
        ),
        ("The watchdog's team was in town from 2 to 13 May.", date(2023, 5, 2), date(2023, 5, 13)),
        ("They visited the town on Tuesday, May 2.", date(2023, 5, 2), date(2023, 5, 2)),
        ("Children's services were inspected between May 2 and May 13.", date(2023, 5, 2), date(2023, 5, 13)),
        ("It follows a visit by inspectors on 3 and 4 May.", date(2023, 5, 3), date(2023, 5, 4)),
        ("Ofsted's monitoring visit (May 3 and 4) was its third.", date(2023, 5, 3), date(2023, 5, 4)),
        ("The May 3 visit looked at care leavers.", date(2023, 5, 3), date(2023, 5, 3)),
        ("On 3 and 4 May, a team of five inspectors looked at the front door.", date(2023, 5, 3), date(2023, 5, 4)),
        ("The inspection, carried out on 3 and 4 May, was short.", date(2023, 5, 3), date(2023, 5, 4)),
        ("The last inspection took place from 2 to 13 May.", date(2023, 5, 2), date(2023, 5, 13)),
    ],
)
def test_days_of_the_visit(text: str, start: date, end: date) -> None:
    found = read(text, published=datetime.combine(end + timedelta(days=48), datetime.min.time(), UTC))
    assert (found.start, found.end, found.month) == (start, end, None)


@pytest.mark.parametrize(
    "text",
    [
        "The report on the inspection was published on 17 January 2023.",
        "At the time of the visit, the oldest case in the backlog was dating back to July 31.",
        "A baby born on 3 May 2022 had a visit from a social worker.",
        "The next inspection is due in 12 to 14 June 2024.",
        "The visit took place between 31 and 32 June 2022.",
        "Inspectors visited the council. On 5 May 2023 the library reopened.",
        "The inspection took place between 5 January 2022 and 17 December 2022.",
        "Councillors will discuss the inspection report on 12 July.",
        "The inspection will be discussed by councillors on March 30.",
        "The inspection report, which came out on Tuesday (June 17), has 12 pages.",
        "Since the inspection the service has a new director, who starts on April 17.",
        "On 3 May councillors met to discuss the inspection.",
        "Councillors will discuss the inspection on Thursday 29 February.",
        "Inspectors will return on 12 July.",
        "Inspectors visited on 12 July 2023.",
        "Inspectors visited on 12 July 1823.",
        "Inspectors visited on 29 February 2023.",
        "Members of the cabinet were told of the inspection on June 9, 2023.",
        "On 9 June a panel of councillors heard what inspectors had found on their visit.",
        "A meeting about the inspection was held on 9 June.",
        "A debate on the inspection took place on June 9.",
        "The inspection goes before the full council on 2 June.",
        "The council answered the inspection on 9 June.",
        "Parents spoke of the inspection at an event held on 9 June.",
        "Inspectors will come back for a monitoring visit from 2 to 3 December.",
        "The next visit to the council on 3 May was put off.",
        "The outcome of the visit was revealed on Monday (June 12).",
        "The findings of the inspection were made public on June 12.",
        "The inspection went live on Ofsted's website on 12 June.",
        "Ofsted's verdict on the inspection, dated 12 June 2023, runs to 12 pages.",
        "Leaders spoke about the inspection in a statement on 12 June.",
        "The new director took up her post on 5 June, after the inspection.",
        "He became director on June 5 following the inspection.",
        "She was sacked on 5 June following the inspection.",
        "The mother was sentenced at the crown court on 5 June after an inspection of the home.",
        "An inquest on 5 June heard that social workers had visited the home.",
        "The trial took place from 5 to 8 June and told of visits to the family.",
        "The minister visited the council on 9 June after the inspection.",
        "After inspectors visited the council, on 9 June the leader quit.",
        "Social workers visited the boy on 3 May, inspectors were told.",
        "Health visitors made a visit on 3 May.",
        "The Care Quality Commission inspected the hospital on 3 May.",
        "A nursery in the town was inspected on 3 May.",
        "Ofsted inspectors visited Hillside Primary School on 3 and 4 May.",
        "On 3 May inspectors visited the prison and Ofsted's inspectors were there.",
        "At the May 3 inspection of the home",
        "The school had its May 3 inspection.",
        "The director resigned on 9 June and inspectors visited later.",
        "Leaders looked back at the inspection in a statement on 12 June.",
        "At the previous inspection on 12 March 2022 it was inadequate.",
        "The last inspection, carried out between 3 and 14 June 2019, led to the same grade.",
        "The figures on 31 May showed that 30 per cent of visits were late.",
    ],
)
def test_other_days_are_not_the_visits(text: str) -> None:
    found = read(text)
    assert (found.start, found.end) == (None, None)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("The visit took place in April 2023.", "2023-04"),
        ("Inspectors visited in May.", "2023-05"),
        ("The inspection was carried out in January.", "2023-01"),
        ("An inspection that took place in February 2023 found good practice.", "2023-02"),
        ("It was inspected. In March 2021 the director left.", None),
        ("The council was judged inadequate after an inspection in January 2018.", None),
        ("The council was judged inadequate after an inspection in January.", "2023-01"),
        ("The letter was published in May 2023.", None),
        ("The inspection will be discussed in July. Inspectors visited in January.", "2023-01"),
        ("The letter is the outcome of Ofsted's focused visit in May.", "2023-05"),
        ("It is the result of the November inspection.", None),
        ("The letter about the visit in May was published in June.", "2023-05"),
        ("Southend celebrates the result of January inspection.", "2023-01"),
        ("Inspectors will return in October.", None),
        ("Councillors discussed the inspection in May.", None),
        ("A new director took over in May, weeks after the inspection.", None),
        ("Ofsted visited the school in May.", None),
        ("The council, which was set up in April 2023, has had its first inspection.", None),
    ],
)
def test_month_of_the_visit(text: str, month: str | None) -> None:
    assert read(text).month == month


OLDER = (
    "The council was last inspected in March 2022.",
    "It was inadequate when inspectors visited in March 2022.",
    "Much has changed after an inspection in March 2022.",
    "The plan follows an inspection in March 2022.",
    "At its previous inspection in March 2022 leaders were criticised.",
    "The last full Ofsted inspection, carried out from 7 to 18 March 2022, was damning.",
    "Ofsted's previous visit took place on 8 and 9 March 2022.",
    "The improvement plan was written after inspectors visited from 7 to 18 March 2022.",
    "Inspectors last came on 8 and 9 March 2022.",
    "In March 2022 inspectors visited and found drift.",
    "From 7 to 18 March 2022, Ofsted inspected the council.",
    "Inspectors visited in June last year.",
    "Inspectors visited on 8 and 9 June last year.",
    "Inspectors visited in May, two years ago.",
    "Inspectors visited in November.",
    "The second monitoring visit in March 2022 found drift.",
)


@pytest.mark.parametrize("kind", [None, "inspection", "monitoring_visit"])
@pytest.mark.parametrize("older", OLDER)
def test_a_visit_long_before_the_article_is_not_the_one_it_reports(older: str, kind: str | None) -> None:
    alone = read(older, kind=kind)
    assert (alone.start, alone.month, alone.ordinal) == (None, None, None)
    for text in (f"{older} Inspectors visited in May 2023.", f"Inspectors visited in May. {older}"):
        assert (read(text, kind=kind).start, read(text, kind=kind).month) == (None, "2023-05")
    assert read(f"{older} The inspection was held from 2 to 13 May.", kind=kind).start == date(2023, 5, 2)


@pytest.mark.parametrize("older", OLDER[:11])
def test_an_article_of_the_weeks_after_an_older_visit_reports_that(older: str) -> None:
    then = datetime(2022, 4, 20, tzinfo=UTC)
    found = read(older.replace("previous", "recent"), published=then)
    assert "2022-03" in (found.month, f"{found.start:%Y-%m}" if found.start else "")


@pytest.mark.parametrize(
    "earlier",
    [
        "Children's services were last inspected in March.",
        "It follows an inspection in March.",
        "They have improved since the inspection from 6 to 17 March.",
        "Ofsted's last inspection took place from 6 to 17 March.",
        "Progress is slower than at the inspection in March.",
        "Inspectors had last visited on 6 and 7 March.",
        "After inspectors came in March, a board was set up.",
    ],
)
def test_what_is_told_looking_back_counts_where_nothing_else_does_and_never_for_a_visit_that_follows(
    earlier: str,
) -> None:
    for kind in ("monitoring_visit", "focused_visit"):
        found = read(earlier, kind=kind)
        assert (found.start, found.month) == (None, None)
    third = read(f"{earlier} It is the third monitoring visit.")
    assert (third.start, third.month, third.ordinal) == (None, None, 3)
    found = read(earlier, kind="inspection")
    assert "2023-03" in (found.month, f"{found.start:%Y-%m}" if found.start else "")
    both = read(f"{earlier} Inspectors visited in May.", kind="inspection")
    assert (both.start, both.month) == (None, "2023-05")


def test_of_two_visits_the_later_one_is_reported() -> None:
    assert (
        read("Inspectors visited in January and found drift. Inspectors visited in May and saw none.").month
        == "2023-05"
    )
    assert read("Inspectors visited on 3 and 4 May. They visited on 9 January too.").start == date(2023, 5, 3)


def test_without_a_time_of_publication_what_is_told_as_news_comes_first() -> None:
    said = "The council was last inspected in March 2022. Inspectors visited in May 2026."
    assert read(said, published=None).month == "2026-05"


@pytest.mark.parametrize(
    "text",
    [
        "The chief inspector visited in May to speak to families.",
        "Ofsted's chief inspector came in May.",
        "The chief inspector of Ofsted visited the council on 3 and 4 May.",
        "A visit by the head of Ofsted in May was friendly.",
        "The education secretary's visit in May was brief.",
        "The visit from the children's commissioner in May was brief.",
        "Inspectors visited the city in May to speak at a conference.",
        "Inspectors came to the town in May for a training event.",
        "An inspection of adult learning in May found it good.",
        "The inspection in May of the council's adult community learning was good.",
        "Ofsted inspectors visited the council's apprenticeship service in May.",
        "Ofsted's inspection of a school took place from 2 to 5 May.",
        "The inspection on 3 and 4 May of a care home in the town was damning.",
        "Inspectors visited a home for teenagers on 3 and 4 May, and a home in the town.",
        "The inspection of a residential unit in May found it good.",
        "An inspection of services for pupils with SEND in May found gaps.",
        "The inspection of the youth offending team in May found gaps.",
        "A home visit on 3 May was late.",
        "Inspectors looked at cases from 4 to 10 May.",
        "Inspectors looked at referrals made in May.",
        "Ofsted reviewed calls taken on 3 and 4 May.",
        "Inspectors examined audits of May.",
        "Ofsted's team visited and checked records dated 3 and 4 May.",
        "Inspectors looked in depth at visits made between 2 and 13 May.",
        "Ofsted inspected St Mary's in May, a school of 300.",
        "Inspectors visited an unregistered home in May.",
        "Planning inspectors visited the site on 3 May.",
        "On their visit inspectors sampled decisions from May 2023.",
    ],
)
def test_other_visits_and_other_days_are_not_the_inspection_of_childrens_services(text: str) -> None:
    found = read(text)
    assert (found.start, found.month) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Inspectors looked at help for children in need in May.",
        "Inspectors spent two weeks in the city in May, speaking at length to families.",
        "Inspectors visited in May to speak to families.",
        "A visit by inspectors in May looked at cases.",
        "Inspectors from Ofsted visited the city in May, and schools too.",
        "Inspectors, who visited in May, met the chief executive.",
    ],
)
def test_days_of_inspectors_who_come_are_the_visits_whatever_they_look_at(text: str) -> None:
    assert read(text).month == "2023-05"


def test_the_ordinal_counts_from_a_judgement_and_the_date_is_the_judgements() -> None:
    found = read(
        "This was the third visit since the authority was judged inadequate for overall effectiveness in January 2018."
    )
    assert (found.ordinal, found.anchor, found.month) == (3, "2018-01", None)


def test_the_date_beside_an_ordinal_visit_is_the_visits() -> None:
    found = read(
        "The letter follows the second monitoring visit from Ofsted in November 2016, during which cases were read.",
        published=datetime(2017, 1, 4, tzinfo=UTC),
    )
    assert (found.ordinal, found.anchor, found.month) == (2, None, "2016-11")


@pytest.mark.parametrize(
    ("text", "ordinal", "anchor"),
    [
        ("It was Ofsted's 4th monitoring visit after the council was rated inadequate in 2021.", 4, "2021"),
        (
            "The fifth monitoring visit since inspectors judged services inadequate in May 2019 took place.",
            5,
            "2019-05",
        ),
        ("For the second time in a row, the council won a prize.", None, None),
        ("The first visit to the new park was fun.", None, None),
        ("Services for children were labelled inadequate in 2014 in a damning report.", None, "2014"),
        ("They still required improvement following a previous inadequate rating in 2017.", None, "2017"),
        ("The council was judged inadequate. In November 2017 the leader left.", None, None),
    ],
)
def test_ordinals_and_anchors(text: str, ordinal: int | None, anchor: str | None) -> None:
    found = read(text)
    assert (found.ordinal, found.anchor) == (ordinal, anchor)


@pytest.mark.parametrize(
    ("headline", "text", "grade"),
    [
        ("Children's services rated 'good'", "", "good"),
        ("Children's services rated 'inadequate' for second time", "", "inadequate"),
        ("Services found to require improvement", "", "requires improvement to be good"),
        ("Children's services 'outstanding', says Ofsted", "They were rated outstanding in all areas.", "outstanding"),
        ("Turnaround for city", "It has moved from inadequate to good.", "good"),
        ("No longer inadequate", "The council is no longer inadequate.", None),
        ("Progress", "It was rated inadequate in 2014.", None),
        ("Council escapes", "It had been inadequate before.", None),
        ("Another inadequate rating for county", "", "inadequate"),
        (
            "Significant progress",
            "Problems have led to services being rated inadequate for the past eight years.",
            None,
        ),
    ],
)
def test_the_grade_is_the_new_one(headline: str, text: str, grade: str | None) -> None:
    assert read(text, headline).grade == grade


def test_a_monitoring_visit_gives_no_grade() -> None:
    assert read("It is rated inadequate.", kind="monitoring_visit").grade is None


def test_report_numbers_come_from_links_and_text() -> None:
    article = Article("", "h", "See reports at files.ofsted.gov.uk/v1/file/50123456.", "", None,
                      links=("https://files.ofsted.gov.uk/v1/file/50000007", "https://council.example/plan.pdf"))  # fmt: skip
    assert clues(article, None).report_ids == (50000007, 50123456)


def test_only_the_reports_words_are_quoted_not_what_people_say_of_it() -> None:
    text = (
        'The report said: "Too many children wait too long for a first visit from a social worker."\n'
        'Cllr Ann Example said: "We are pleased that our hard work has been seen by the inspectors."\n'
        "Inspectors found ‘leaders do not always know which children are at risk’ in some teams.\n"
        'It was "not good".'
    )
    assert read(text).quotes == (
        "Too many children wait too long for a first visit from a social worker",
        "leaders do not always know which children are at risk",
    )


def test_quotations_are_few_and_short() -> None:
    text = "\n".join(f'The report said: "{number} {"word " * 70}end."' for number in range(20))
    found = read(text).quotes
    assert 0 < len(found) <= 6
    assert all(len(quote) <= 200 for quote in found)


def test_no_year_and_no_publication_date_is_no_date() -> None:
    assert read("Inspectors visited from 6 to 17 December.", published=None).start is None


def test_clues_are_stored_and_come_back() -> None:
    found = VisitClues((1, 2), date(2023, 1, 2), date(2023, 1, 6), None, 3, "2018-01", "good", ("a quotation",))
    assert clues_from_json(clues_to_json(found)) == found
    window, counts = (date(2022, 9, 1), date(2023, 9, 1)), (Counted("strength", 12, "positive comments"),)
    found = VisitClues((), None, None, None, None, None, "good", (), True, (("leaders", "good"),), *window, counts)
    assert clues_from_json(clues_to_json(found)) == found
    assert clues_from_json("{}") == VisitClues()
    assert clues_from_json('{"newer": 1}') == VisitClues()


def test_a_month_is_that_of_london_where_the_article_came_out_in_the_first_hour_of_it() -> None:
    found = read("Inspectors visited in July.", published=datetime(2025, 6, 30, 23, 30, tzinfo=UTC))
    assert found.month == "2025-07"


@pytest.mark.parametrize("kind", ["monitoring_visit", "focused_visit"])
def test_after_a_visit_of_its_own_kind_a_letter_is_of_that_visit(kind: str) -> None:
    named = kind.replace("_", " ")
    assert read(f"Staff were hired after Ofsted's {named} in April.", kind=kind).month == "2023-04"
    assert read(f"It follows Ofsted's {named} on 4 and 5 April.", kind=kind).start == date(2023, 4, 4)
    assert read(f"It follows Ofsted's previous {named} in January.", kind=kind).month is None
    assert read("It follows Ofsted's inspection in April.", kind=kind).month is None


def test_the_time_of_a_visit_of_another_kind_is_not_that_of_the_inspection() -> None:
    said = "Inspectors made a monitoring visit in April."
    assert read(said, kind="inspection").month is None
    assert read(said, kind="monitoring_visit").month == "2023-04"
