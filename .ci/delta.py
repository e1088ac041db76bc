"""Compares what `cargo xtask changes --json` found with a sheet of what is known to have changed.

usage: delta.py CHANGES.json SHEET.md

Everything found must be on the sheet by its name. Everything that the sheet's tables show as new must be found as added: what
has nothing, or "absent", in the column of the old version, what stands in a table under "New …:", and values in bold marked
"(new)" or "+".
"""

import json
import re
import sys

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def leaf(change):
    """The name that a change is about, without its surroundings."""
    if change["subject"] == "service":
        return None
    place = change["place"]
    inner = re.search(r"\(([^)]+)\)$", place)
    if inner:
        return inner.group(1)
    return place.split(" ")[0].split(".", 1)[1].split(".")[-1]


def is_on_sheet(name, words):
    """By itself, by its group, where a sheet speaks of all operations of one, or by the name that an unnamed type is made of."""
    group = name.split("_")[0]
    return name in words or ("_" in name and group in words) or any(len(w) > 12 and name.startswith(w) for w in words)


def names(cell):
    """The last part of each quoted name before "on", after which the owners are listed."""
    quoted = re.findall(r"`([^`]+)`", cell.split(" on ")[0])
    return {NAME.findall(text)[-1] for text in quoted if NAME.findall(text)}


def new_on_sheet(sheet):
    found, is_new_table, is_document_level = set(), False, False
    for line in sheet.splitlines():
        if line.startswith("#"):
            is_document_level = "Document level" in line
        if not line.startswith("|"):
            if line.strip():
                # A new schema is found as a whole, without its members.
                is_new_table = line.startswith("New ") and line.endswith(":") and not line.startswith("New schema")
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if is_document_level or len(cells) < 2 or set(line) <= set("|- "):
            continue
        if is_new_table and "`" in cells[0] or cells[1] in ("absent", "–") and len(cells) > 2:
            found |= names(cells[0])
        for bold in re.findall(r"\+ \*\*([^*]+)\*\*|\*\*([^*]+\(new\))\*\*", line):
            found |= set(NAME.findall("".join(bold))) - {"new"}
    return found


def main():
    changes = json.load(open(sys.argv[1]))["changes"]
    sheet = open(sys.argv[2]).read()
    words = set(NAME.findall(sheet))
    unknown = sorted({c["place"] for c in changes if leaf(c) and not is_on_sheet(leaf(c), words)})
    added = {leaf(c) for c in changes if c["what"] == "added"}
    expected = new_on_sheet(sheet)
    missing = sorted(expected - added)
    for place in unknown:
        print(f"not on the sheet: {place}")
    for name in missing:
        print(f"on the sheet and not found: {name}")
    print(f"{len(changes)} changes, all on the sheet: {not unknown}; {len(expected)} additions on the sheet, all found: {not missing}")
    sys.exit(bool(unknown or missing or not expected))


main()
