#!/bin/bash
# rowmark check beside rumdl with its rules on tables (MD055 MD056 MD058 MD075, no cache) on eight
# texts (texts.py) of 1 and 10 MB, as one file and as files of 6 KB: the ratio of the best of
# several runs taken in turn, the instructions a byte (callgrind, where valgrind is there; one file
# of 1 MB), and the peak memory of both (GNU time, where it is there). The least of all ratios is what README and docs/compare.md
# quote: `tests/bench/texts.sh`; SHAPES="cjk prose" and RUNS=3 make it shorter. rumdl does other
# work as well, and finds nothing in some texts: what each of them found is printed too.
set -u
ROWMARK=${ROWMARK:-$PWD/build/rowmark}
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v python3 >/dev/null || { echo "texts: skipped, no python3 here"; exit 0; }

# rumdl, from npm, in a folder that stays; its own program, not npm's wrapper in node.
npm=$top/build/npm
mkdir -p "$npm"
[ -d "$npm/node_modules/rumdl" ] ||
  (cd "$npm" && npm install --prefix . --silent --no-audit --no-fund rumdl >/dev/null 2>&1)
rumdl=$(find "$npm/node_modules/@rumdl" -name rumdl -type f -perm -u+x 2>/dev/null | head -n 1)
[ -n "$rumdl" ] || { echo "texts: skipped, npm cannot install rumdl here"; exit 0; }

exec python3 - "$top/tests/bench" "$ROWMARK" "$rumdl" "$work" <<'PYTHON'
import os, re, shutil, subprocess, sys, time
bench, rowmark, rumdl, work = sys.argv[1:]
sys.path.insert(0, bench)
sys.dont_write_bytecode = True
import texts, used

RUNS = int(os.environ.get("RUNS", 5))
SHAPES = os.environ.get("SHAPES", " ".join(texts.SHAPES)).split()
ONE, MANY = 10, 8  # times as fast as rumdl, wanted of one file and of many
OURS = [rowmark, "check"]
THEIRS = [rumdl, "check", "--no-cache", "--isolated", "--enable", "MD055,MD056,MD058,MD075"]


def once(command):
    """Seconds, and how many lines of findings."""
    out = open(f"{work}/out", "w+b")
    start = time.perf_counter()
    p = subprocess.Popen(command, cwd=work, stdout=out, stderr=subprocess.DEVNULL)
    p.wait()
    seconds = time.perf_counter() - start
    out.seek(0)
    found = len(re.findall(rb"^[^\n]+:\d+:\d+: ", out.read(), re.M))
    return seconds, found


def best(path, runs):
    results = [[], []]
    for _ in range(runs):
        for side, command in enumerate((OURS, THEIRS)):
            results[side].append(once(command + [path]))
    return [min(r) for r in results], [used.peak(c + [path], work) for c in (OURS, THEIRS)]


def megabytes(kb):
    return "?" if kb is None else kb // 1024


def make(shape, size, files):
    path = f"{work}/{shape}"
    if files == 1:
        with open(path + ".md", "w", encoding="utf-8") as f:
            f.write(texts.text(shape, size))
        return shape + ".md"
    os.makedirs(path)
    for k in range(files):
        with open(f"{path}/f{k:05}.md", "w", encoding="utf-8") as f:
            f.write(texts.text(shape, size // files, k * 100))
    return shape


print(f"{'text':9} {'MB':>3} {'files':>6} {'rowmark':>10} {'rumdl':>10} {'ratio':>6} {'a byte':>7} "
      f"{'memory':>15} {'found':>15}")
least, bad = {}, 0
for shape in SHAPES:
    for mb in 1, 10:
        for files in 1, mb * 1000 // 6:
            path = make(shape, mb * 1000000, files)
            (ours, theirs), (mine, other) = best(path, RUNS if mb == 1 else max(3, RUNS // 2))
            ratio, wanted = theirs[0] / ours[0], ONE if files == 1 else MANY
            kind = "one file" if files == 1 else "many files"
            if mb == 10 or files > 1:
                least[kind] = min(least.get(kind, (1e9, "")), (ratio, shape))
                bad += ratio < wanted
            n = used.instructions(OURS + [path], work) if mb == 1 and files == 1 else None
            print(f"{shape:9} {mb:3} {files:6} {1000 * ours[0]:7.1f} ms {1000 * theirs[0]:7.1f} ms "
                  f"{ratio:6.1f} {n // (mb * 1000000) if n else '':>7} {megabytes(mine):>4} and {megabytes(other):>4} MB "
                  f"{ours[1]:6} and {theirs[1]:5}", flush=True)
            shutil.rmtree(f"{work}/{shape}", ignore_errors=True)
            if os.path.exists(f"{work}/{shape}.md"):
                os.remove(f"{work}/{shape}.md")
for kind, (ratio, shape) in sorted(least.items()):
    print(f"check, the least of all texts, {kind}: {ratio:.1f} times as fast as rumdl ({shape}; "
          f"{ONE if 'one' in kind else MANY} wanted)")
sys.exit(bad > 0)
PYTHON
