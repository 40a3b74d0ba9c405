"""A database that cannot be used is told directly, once a day while it lasts, and when it is over."""

import asyncio

from monitor.daemon.outages import SUBJECT, SUBJECT_OVER, Outages
from tests.conftest import Clock

FULL = "x.db: the disk is full: make room"


class Operators:
    """What they were mailed; `reached`: whether mail arrives."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []
        self.reached = True

    async def send(self, subject: str, text: str) -> bool:
        await asyncio.sleep(0.01)
        if self.reached:
            self.mails.append((subject, text))
        return self.reached


def test_a_fault_is_told_once_a_day_and_once_when_it_is_over(clock: Clock) -> None:
    operators = Operators()

    async def days() -> None:
        outages = Outages(operators.send, clock)
        await outages.over()
        for _ in range(3):
            await outages.happened(FULL)
            clock.move(hours=9)
        assert [subject for subject, _ in operators.mails] == [SUBJECT]
        clock.move(hours=1)
        await outages.happened(FULL)
        assert outages.last
        for _ in range(2):
            await outages.over()
        assert not outages.last

    asyncio.run(days())
    assert [subject for subject, _ in operators.mails] == [SUBJECT, SUBJECT, SUBJECT_OVER]
    assert all("make room" in text for _, text in operators.mails)


def test_what_nobody_could_be_told_is_told_as_soon_as_mail_works(clock: Clock) -> None:
    operators = Operators()

    async def down_and_up() -> None:
        outages = Outages(operators.send, clock)
        operators.reached = False
        await outages.happened(FULL)
        await outages.over()
        operators.reached = True
        await outages.happened(FULL)

    asyncio.run(down_and_up())
    assert [subject for subject, _ in operators.mails] == [SUBJECT]


def test_the_same_fault_with_another_process_is_no_other_one(clock: Clock) -> None:
    operators = Operators()

    async def twice() -> None:
        outages = Outages(operators.send, clock)
        for number in (11, 12):
            await outages.happened(
                f"x.db: has been locked by another program for 30 s (sqlite3 (process {number})): end it"
            )

    asyncio.run(twice())
    assert len(operators.mails) == 1


def test_several_that_come_upon_a_fault_at_once_tell_of_it_once(clock: Clock) -> None:
    operators = Operators()

    async def at_once() -> None:
        outages = Outages(operators.send, clock)
        await asyncio.gather(*(outages.happened(FULL) for _ in range(3)))

    asyncio.run(at_once())
    assert len(operators.mails) == 1
