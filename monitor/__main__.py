"""`python -m monitor` is `ofsted-watch`."""

from monitor.cli import main

main()
