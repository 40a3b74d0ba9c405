"""What the server of forks has before it forks: a process of its own, in which no thread has a database open."""

from tests.forked import preload

preload()
