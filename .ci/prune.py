"""Takes the overrides that a run reports as stale out of a file: `prune.py overrides.yaml < errors`."""

import re
import sys

path = sys.argv[1]
stale = set(re.findall(r"error\[stale-override\]: the override of (\S+) does not apply", sys.stdin.read()))
if not stale:
    sys.exit("no stale override was reported")

# An entry begins with `- at`, in the first column; its places are behind it, or in the lines below.
entries = re.split(r"(?m)^(?=- at:)", open(path, encoding="utf-8").read())
kept = []
for entry in entries:
    lines = entry.splitlines(keepends=True)
    lines = [line for line in lines if line.strip().removeprefix("- ") not in stale]
    single = re.match(r"- at: (\S+)$", lines[0].rstrip()) if lines else None
    several = bool(lines) and lines[0].rstrip() == "- at:"
    has_places = any(re.match(r"\s+- \S+#", line) for line in lines)
    if (single and single[1] in stale) or (several and not has_places):
        continue
    kept.append("".join(lines))
open(path, "w", encoding="utf-8").write("".join(kept))
print(f"{len(stale)} overrides are for the newer version alone")
