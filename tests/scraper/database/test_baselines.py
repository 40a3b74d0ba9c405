"""Since when a subject is watched: noted once, whatever comes later."""

from datetime import timedelta

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.baselines import authority_subject, baseline_since, begin_baseline, source_subject
from scraper.database.store import writing
from tests.scraper.database.conftest import NOW


def test_the_first_good_look_is_the_baseline_and_no_later_or_earlier_time_changes_it(db: Database) -> None:
    subject = authority_subject("91001")
    assert baseline_since(db, subject) is None
    with writing(db):
        assert begin_baseline(db, subject, NOW)
    for days in (1, -1):
        with writing(db):
            assert not begin_baseline(db, subject, NOW + timedelta(days=days))
    assert baseline_since(db, subject) == stamp(NOW)


def test_a_source_called_like_an_authority_is_a_subject_of_its_own(db: Database) -> None:
    with writing(db):
        assert begin_baseline(db, authority_subject("91001"), NOW)
        assert begin_baseline(db, source_subject("91001"), NOW)
