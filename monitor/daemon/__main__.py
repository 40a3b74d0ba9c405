"""`python -m monitor.daemon`: what `ofsted-watch run` becomes."""

import sys

from monitor import log
from monitor.daemon.becoming import begun_with
from monitor.daemon.process import run_daemon
from monitor.errors import UserError
from scraper.errors import ScraperError
from scraper.own_process import take_our_name


def main() -> int:
    """Watch until told to stop. 0: told so; 1, 2, 3: as the commands do, with the error in one line."""
    take_our_name()
    log.set_up()
    try:
        run_daemon(begun_with(sys.argv[1]))
    except (UserError, ScraperError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return getattr(error, "exit_code", 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
