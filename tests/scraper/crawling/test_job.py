"""The job of a crawl is checked before anything is fetched."""

import json
import subprocess
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from scraper.crawling.job import Job
from tests.paths import ROOT

JOB: dict[str, Any] = {
    "crawl_id": 1,
    "source": "ofsted",
    "spider": "ofsted",
    "data": "data",
    "url": "https://reports.example",
    "contact": "a@b.example",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "file:///etc/passwd"},
        {"contact": "a\r\nX: y"},
        {"contact": ""},
        {"spider": "x"},
        {"delay": -1},
        {"typo": 1},
    ],
)
def test_a_wrong_job_is_refused(wrong: dict[str, Any]) -> None:
    assert Job.model_validate(JOB)
    with pytest.raises(ValidationError):
        Job.model_validate(JOB | wrong)


def test_the_child_says_in_json_that_it_got_no_job() -> None:
    command = [sys.executable, "-m", "scraper"]
    child = subprocess.run(command, input=b'{"url": 1}', capture_output=True, cwd=ROOT, check=False)
    told = json.loads(child.stdout.splitlines()[-1])
    assert child.returncode == 2 and told["verdict"] == "crashed" and "url" in told["message"], child.stderr
