"""The gate's verdict on the site one is in, links aside: they need the whole site built.

`imprimatur gate` builds it with its host first, which is the host's time and not the gate's. What
was not examined is named by the verdict, and here everything else must be granted.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from imprimatur.editorial import Repository
from imprimatur.gate import Examination, check

now = datetime.now(tz=UTC).replace(microsecond=0)
verdict = check(Examination(Repository(Path.cwd()), now), publishing=True)
for finding in verdict.findings[:5]:
    print(finding, file=sys.stderr)
unchecked = {each.rule for each in verdict.unchecked}
sys.exit(0 if not verdict.findings and unchecked == {"link-resolves"} else 1)
