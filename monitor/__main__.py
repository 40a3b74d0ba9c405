"""`python -m monitor` is `ofsted-watch`."""

from monitor.cli.commands import main

main()
