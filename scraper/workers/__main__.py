"""Child entry: answers questions from standard input, a line each way, within limits of memory and of the processor's time.

What it says on standard error is for its parent to tell where it ends on a question.
"""

import math
import resource
import sys

from scraper.workers.task import answer


def main(arguments: list[str]) -> None:
    """`arguments` are the seconds for one question and the limit on memory in MiB. Ends when standard input does."""
    seconds, limit = float(arguments[0]), int(arguments[1]) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        allow(seconds)
        sys.stdout.buffer.write(answer(line))
        sys.stdout.buffer.flush()


def allow(seconds: float) -> None:
    """Let Linux end this process after so much more of the processor's time, in case its parent is no longer there to do it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
