"""The files of merges in a corpus whose versions are `git show COMMIT` and not the file.

A version is looked for in the histories beside the corpus and among the files that people
committed: by the blob id in the patch shown, by the time of the commit, by what its patch makes
of another version. What is then still missing is looked for among the versions of about that
time, and by undoing the other side in what was committed.

Held against: the blob id, where the patch shows one; else the number of conflicts and the rows
added, edited and deleted on either side in the manifest, and what was committed where git merges
clean.
"""
import collections
import datetime
import hashlib
import itertools
import os
import re
import subprocess

SIDES = ("base", "ours", "theirs")
BY_ID, BY_FIGURES = "made again, known by id", "made again, known by figures"
NEAR = 40  # versions about the time of a commit that are tried


def run(*argv, cwd=None, stdin=None):
    return subprocess.run(argv, cwd=cwd, input=stdin, capture_output=True, check=False)


def blob_id(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Histories:
    """The blobs of the histories: by id, and by repository and time of the commit."""

    def __init__(self, corpus, folder, repos):
        self.blobs, self.at = {}, collections.defaultdict(dict)
        for repo in repos:
            bundle = os.path.join(corpus, "histories", repo.replace("/", "__") + ".bundle")
            if os.path.exists(bundle):
                self.read(repo, bundle, os.path.join(folder, repo.replace("/", "__")))

    def read(self, repo, bundle, clone):
        run("git", "clone", "-q", "--bare", bundle, clone)
        log = run("git", "log", "--format=C %at", "--raw", "--no-abbrev", "--no-renames",
                  cwd=clone).stdout.decode().splitlines()
        ids = set()
        for line in log:
            if line.startswith("C "):
                time = int(line[2:])
            elif line.startswith(":") and line.split()[3].strip("0"):
                self.at[repo].setdefault(time, set()).add(line.split()[3])
                ids.add(line.split()[3])
        out = run("git", "cat-file", "--batch", cwd=clone, stdin="\n".join(ids).encode()).stdout
        at = 0
        while at < len(out):
            end = out.index(b"\n", at)
            name, _, size = out[at:end].decode().split()
            self.blobs[name] = out[end + 1:end + 1 + int(size)]
            at = end + int(size) + 2

    def add(self, data):
        self.blobs[blob_id(data)] = data

    def find(self, prefix):
        hits = [b for name, b in self.blobs.items() if prefix and name.startswith(prefix)]
        return hits[0] if len(hits) == 1 else None

    def at_time(self, repo, time):
        ids = self.at[repo].get(time, ())
        return self.blobs[next(iter(ids))] if len(ids) == 1 else None

    def near(self, repo, time):
        times = sorted(self.at[repo], key=lambda t: abs(t - time))[:NEAR]
        return [self.blobs[i] for t in times for i in sorted(self.at[repo][t])]


def shown_commit(text, path):
    """What `git show` says: time, whether a merge, and the patch of the path."""
    time = re.search(rb"^Date:\s+(.*)$", text, re.M).group(1).decode().strip()
    patch = next((p for p in re.split(rb"(?m)^(?=diff --)", text)[1:]
                  if p.startswith((b"diff --git a/%s b/" % path, b"diff --cc %s" % path))), b"")
    ids = re.search(rb"^index ([0-9a-f,]+)\.\.([0-9a-f]+)", patch, re.M)
    return {
        "time": int(datetime.datetime.strptime(time, "%a %b %d %H:%M:%S %Y %z").timestamp()),
        "merge": bool(re.search(rb"^Merge: ", text, re.M)), "patch": patch,
        "old": ids.group(1).decode() if ids else "", "new": ids.group(2).decode() if ids else "",
    }


def patched(old, patch, folder):
    with open(os.path.join(folder, "old"), "wb") as f:
        f.write(old)
    done = run("patch", "-s", "-o", "new", "old", cwd=folder, stdin=patch)
    if done.returncode:
        return b""
    with open(os.path.join(folder, "new"), "rb") as f:
        return f.read()


def with_hunk(near, commit):
    """A version near the one before, made the one after by the one hunk of the patch."""
    hunks = re.findall(rb"(?m)^@@ -\S+ \+(\d+)\S* @@.*\n((?:[-+ \\].*\n?)+)", commit["patch"])
    if len(hunks) != 1 or commit["merge"]:
        return None
    start = int(hunks[0][0]) - 1
    after = [x[1:] for x in hunks[0][1].splitlines() if x[:1] in (b" ", b"+")]
    lines = near.split(b"\n")
    for at in range(max(0, start - 6), min(len(lines), start + 7)):
        for end in range(at, min(len(lines), at + len(after) + 8) + 1):
            made = b"\n".join(lines[:at] + after + lines[end:])
            if blob_id(made).startswith(commit["new"]):
                return made
    return None


class Remaker:
    """Makes the three files of a case. figures(base, side) says "added/edited/deleted"."""

    def __init__(self, histories, folder, rowmark, figures):
        self.h, self.folder, self.rowmark, self.figures = histories, folder, rowmark, figures

    def remake(self, case, texts, committed):
        """The three files and how they were known, or None."""
        path = case["path"].encode()
        shown = [shown_commit(t, path) for t in texts]
        files = [self.by_commit(case, c) for c in shown]
        for i, c in enumerate(shown):
            if files[i] is None and c["new"]:
                others = [f for f in files if f is not None] + self.h.near(case["repo"], c["time"])
                made = (with_hunk(f, c) for f in others[:12])
                files[i] = next((f for f in made if f is not None), None)
        if None not in files:
            return files, BY_ID
        return self.by_figures(case, shown, files, committed)

    def by_commit(self, case, c):
        """The file a shown commit left, or None."""
        if not c["new"]:
            return self.h.at_time(case["repo"], c["time"])
        found, old = self.h.find(c["new"]), self.h.find(c["old"])
        if found is None and not c["merge"] and old is not None:
            made = patched(old, c["patch"], self.folder)
            found = made if blob_id(made).startswith(c["new"]) else None
        return found

    def by_figures(self, case, shown, files, committed):
        some = [[f] if f is not None else [] if c["new"] else self.h.near(case["repo"], c["time"])
                for f, c in zip(files, shown)]
        ided = all(c["new"] for c, f in zip(shown, files) if f is None)
        for base, ours, theirs in itertools.product(*some) if all(some) else ():
            if self.agrees(case, shown, (base, ours, theirs), committed):
                return (base, ours, theirs), BY_FIGURES
        for side, other in ((1, 2), (2, 1)):
            if files[side] is not None or len(some[0]) > 1 and len(some[other]) > 1:
                continue
            for base, known in itertools.product(some[0], some[other]):
                made = [base, known, known]
                for made[side] in self.undone(base, known, committed):
                    if self.agrees(case, shown, made, committed):
                        return made, BY_ID if ided else BY_FIGURES
        return None

    def undone(self, base, side, committed):
        """What was committed, without what a side did to the base."""
        paths = self.write(side, committed, base)
        yield run("git", "merge-file", "-p", paths[1], paths[0], paths[2]).stdout
        yield run(self.rowmark, "merge", "--stdout", "-P", "list.md", *paths).stdout

    def agrees(self, case, shown, files, committed):
        base, ours, theirs = files
        if any(c["new"] and not blob_id(f).startswith(c["new"]) for c, f in zip(shown, files)):
            return False
        if self.figures(base, ours) != case["ours_add_edit_del"] or \
                self.figures(base, theirs) != case["theirs_add_edit_del"]:
            return False
        paths = self.write(base, ours, theirs)
        git = run("git", "merge-file", "-p", paths[1], paths[0], paths[2])
        return str(git.returncode) == case["conflict_hunks"] and \
            (git.returncode or git.stdout == committed)

    def write(self, *texts):
        paths = [os.path.join(self.folder, s) for s in SIDES]
        for path, text in zip(paths, texts):
            with open(path, "wb") as f:
                f.write(text)
        return paths
