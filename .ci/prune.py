"""Takes the overrides that a run reports as stale out of a file: `prune.py overrides.yaml < errors`."""

import re
import sys

path = sys.argv[1]
REPORTED = re.compile(r"error\[stale-override\].*\n\s+--> \S*overrides\.yaml:(\d+):")
stale = {int(line) for line in REPORTED.findall(sys.stdin.read())}
if not stale:
    sys.exit("no stale override was reported")

# An entry begins with `- at`, in the first column; its places are behind it, or in the lines below.
with open(path, encoding="utf-8") as file:
    numbered = list(enumerate(file, start=1))
entries = []
for number, line in numbered:
    if line.startswith("- at:") or not entries:
        entries.append([])
    entries[-1].append((number, line))


def without_stale(entry):
    """The lines that are left: all but the stale places, and none if that was all, or the entry itself is stale."""
    is_place = re.compile(r"\s+- \S+#")
    if any(number in stale and not is_place.match(line) for number, line in entry):
        return []
    left = [line for number, line in entry if number not in stale]
    is_empty = left[0].strip() == "- at:" and not any(map(is_place.match, left))
    return [] if is_empty else left


with open(path, "w", encoding="utf-8") as file:
    for entry in entries:
        file.writelines(without_stale(entry))
print(f"{len(stale)} overrides are for the newer version alone")
