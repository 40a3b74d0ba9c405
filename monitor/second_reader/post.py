"""One POST, as a program of its own: told on stdin what to send where, it prints what came as a line of JSON.

Its parent ends it when the time is up: no server, resolver or proxy can hold it longer, whatever it does. It imports next to nothing, and so begins
in a third of the time that its package would take. The key comes on stdin, so that no list of processes shows it.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPErrorProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from scraper.own_process import end_with_parent

NOT_SO = frozenset({400, 422})
"""What servers answer that do not know a wish of ours."""

Came = dict[str, Any]
"""`status`, `headers` by small names, and `text`; or `error`, where no answer came."""


class _AsItCame(HTTPErrorProcessor):
    """Whatever the status: no redirect is followed. What is sent, and the key with it, is for the host of the config."""

    def http_response(self, request: Request, response: Any) -> Any:  # noqa: ARG002 - urllib's signature
        return response

    https_response = http_response


def posted(
    url: str, headers: Mapping[str, str], bodies: Sequence[Mapping[str, Any]], longest: int, *, direct: bool
) -> Came:
    """What came of the first of these bodies that the server takes. `longest`: bytes of an answer; `direct`: by no proxy."""
    opener = build_opener(_AsItCame, *([ProxyHandler({})] if direct else []))
    came: Came = {}
    for body in bodies:
        came = _posted(opener, Request(url, json.dumps(body).encode(), dict(headers)), longest)  # noqa: S310 - checked to be http(s)
        if came.get("status") not in NOT_SO:
            break
    return came


def _posted(opener: OpenerDirector, request: Request, longest: int) -> Came:
    try:
        with opener.open(request) as response:
            data = response.read(longest + 1)
            if len(data) <= longest and response.length:
                return {"error": "the answer broke off"}
            headers = {name.lower(): value for name, value in response.headers.items()}
            text = data.decode(errors="replace")
            return {"status": response.status, "headers": headers, "text": text, "long": len(data) > longest}
    except URLError as error:
        return {"error": str(error.reason)}
    except OSError as error:
        return {"error": f"{type(error).__name__}: {error}"}
    except (HTTPException, ValueError) as error:  # their words may hold a proxy's password
        return {"error": type(error).__name__}


if __name__ == "__main__":
    end_with_parent()
    sys.stdout.write(json.dumps(posted(**json.load(sys.stdin))) + "\n")
