"""Figures on the real reports and the readings made by hand, where they lie beside the project."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT, SHARED

LEAST = {
    "authority": 1.0,
    "report_type": 1.0,
    "framework": 1.0,
    "inspection_start": 0.98,
    "inspection_end": 0.98,
    "lead_inspector": 0.97,
    "judgements_f1": 1.0,
    "items_f1": 0.98,
    "item_kind": 0.98,
    "item_page": 0.98,
    "narrative_f1": 0.88,
}


@pytest.mark.real
@pytest.mark.skipif(not (SHARED / "truth/reports").is_dir(), reason="the real reports are not beside the project")
def test_figures_on_the_readings_made_by_hand(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    scorer = [sys.executable, str(SHARED / "score/score_reports.py"), "--out", str(out)]
    data = ["--truth", str(SHARED / "truth/reports"), "--corpus", str(SHARED / "corpus")]
    command = ["--command", f"{sys.executable} {ROOT / 'bench/reading_score.py'}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*scorer, *data, *command], check=True, capture_output=True, timeout=100, env=environment)
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["unread"] == 0
    assert {name: figures[name] for name in LEAST if figures[name] < LEAST[name]} == {}
