#!/usr/bin/env python3
"""Repositories with a status table and a history: generate.py FOLDER COUNT. Each has 10 to 40 rows
and up to 20 commits, and is the same every time."""
import os, random, subprocess, sys

STATUSES = ["Todo", "Doing", "Done"]


def commits(k):
    r = random.Random(k)
    rows = [[f"Task {k}-{i}", "Todo", r.choice(["Ada", "Bob", ""])] for i in range(r.randrange(10, 40))]
    for n in range(r.randrange(2, 20)):
        if n:
            for row in r.sample(rows, 3):
                row[1] = STATUSES[min(STATUSES.index(row[1]) + 1, 2)]
        text = f"# Plan {k}\n\n| Task | Status | Owner |\n|---|---|---|\n"
        text += "".join(f"| [{name}](https://example.org/{k}) | {status} | {owner} |\n" for name, status, owner in rows)
        yield 1700000000 + k * 60 + n * 86400, text


def stream(k):
    for when, text in commits(k):
        data = text.encode()
        yield (f"commit refs/heads/main\ncommitter Ada <ada@example.org> {when} +0000\ndata 4\nplan\n"
               f"M 100644 inline PLAN.md\ndata {len(data)}\n").encode() + data + b"\n"


folder, count = sys.argv[1], int(sys.argv[2])
for k in range(count):
    path = f"{folder}/r{k:05}.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path], check=True)
    subprocess.run(["git", "-C", path, "fast-import", "--quiet"], input=b"".join(stream(k)), check=True)
