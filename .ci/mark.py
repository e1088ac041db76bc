"""Marks what a run says sounds like a secret, where upstream does not say whether it is one: `mark.py SPEC < errors`.

For versions that are compared and compiled here, and used by nobody.
"""

import re
import sys

REPORTED = re.compile(
    r"error\[unmarked-secret\].*\n\s+--> (?:\S*/)?([^/\s]+\.yaml):\d+:\d+(?:\n(?!error|\n).*)*?\bat #(\S+)"
)
reported = REPORTED.findall(sys.stdin.read())
if not reported:
    sys.exit("no unmarked secret was reported")
with open(f"{sys.argv[1]}/overrides.yaml", "a", encoding="utf-8") as file:
    for document, pointer in dict.fromkeys(reported):
        at = f"{document}#{pointer}/x-ms-secret"
        file.write(f"- at: {at}\n  set: true\n  why: Its name says so.\n")
