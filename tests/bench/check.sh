#!/bin/bash
# rowmark check beside rumdl with its rules on tables (MD055 MD056 MD058 MD075, no cache): one
# file of 6 MB, and 1,000 files of 6 KB. And the hook: a commit of one staged file in a
# repository of 5,000, with it and without. Best of several runs, taken in turn, same machine.
set -u
ROWMARK=${ROWMARK:-$PWD/build/rowmark}
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# Milliseconds of the best of n runs of each of two commands, in turn: best N A B.
best() {
  local n=$1 a=$2 b=$3
  python3 - "$n" "$a" "$b" <<'EOF'
import subprocess, sys, time
n, commands = int(sys.argv[1]), sys.argv[2:]
least = [1e9] * len(commands)
for _ in range(n):
    for i, command in enumerate(commands):
        start = time.perf_counter()
        subprocess.run(command, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        least[i] = min(least[i], time.perf_counter() - start)
print(*(f"{1000 * t:.1f}" for t in least))
EOF
}

verdict() { # what, ours, theirs, least ratio
  python3 - "$@" <<'EOF'
import sys
what, ours, theirs, wanted = sys.argv[1], *map(float, sys.argv[2:])
print(f"check, {what}: rowmark {ours} ms, rumdl {theirs} ms: {theirs / ours:.1f} times as fast ({wanted:.0f} wanted)")
sys.exit(theirs / ours < wanted)
EOF
}

command -v python3 >/dev/null || { echo "check: skipped, no python3 here"; exit 0; }
python3 - "$work" <<'EOF'
import os, random, sys
random.seed(1)
words = "method model reading data language small large training survey results attention".split()
def row(i):
    text = " ".join(random.choice(words) for _ in range(12))
    return f"| [Paper {i}](https://arxiv.org/abs/{2000 + i % 24}.{i:05}) | {text} | " \
           f"{random.choice(['NLP', 'Vision', 'Audio'])} | {random.choice(['Not read', 'Reading', 'Read'])} |\n"
head = "| Paper | Abstract | Area | Status |\n|---|---|---|---|\n"
def fill(path, size, first):
    parts = ["# Papers\n\nSome text.\n\n", head]
    n = sum(map(len, parts))
    while n < size:
        parts.append(row(first))
        n += len(parts[-1])
        first += 1
    with open(path, "w") as f:
        f.write("".join(parts))
work = sys.argv[1]
fill(f"{work}/big.md", 6_000_000, 0)
os.mkdir(f"{work}/many")
for k in range(1000):
    fill(f"{work}/many/f{k:04}.md", 6_000, k * 100)
EOF

# rumdl, from npm, in a folder that stays; its own program, not npm's wrapper in node.
npm=$top/build/npm
mkdir -p "$npm"
[ -d "$npm/node_modules/rumdl" ] ||
  (cd "$npm" && npm install --silent --no-audit --no-fund rumdl >/dev/null 2>&1)
rumdl=$(find "$npm/node_modules/@rumdl" -name rumdl -type f -perm -u+x 2>/dev/null | head -n 1)
if [ -z "$rumdl" ]; then
  echo "check: skipped, npm cannot install rumdl here"
else
  table="check --no-cache --isolated --enable MD055,MD056,MD058,MD075"
  read -r ours theirs < <(best 9 "cd $work && $ROWMARK check big.md" "cd $work && $rumdl $table big.md")
  verdict "one file of 6 MB" "$ours" "$theirs" 10 || status=1
  read -r ours theirs < <(best 25 "cd $work && $ROWMARK check many" "cd $work && $rumdl $table many")
  verdict "1,000 files of 6 KB" "$ours" "$theirs" 10 || status=1
fi

# The hook. Both repositories are the same but for it.
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
export HOME=$work
PATH="$(dirname "$ROWMARK"):$PATH"
for repo in plain hooked; do
  git init -q "$work/$repo"
  for d in $(seq 50); do
    mkdir "$work/$repo/d$d"
    for f in $(seq 100); do printf '# %s\n\n| a | b |\n|---|---|\n| 1 | 2 |\n' "$d.$f" >"$work/$repo/d$d/f$f.md"; done
  done
  git -C "$work/$repo" add .
  git -C "$work/$repo" commit -q -m all
done
(cd "$work/hooked" && "$ROWMARK" install --hook >/dev/null)
commit() {
  echo "cd $work/$1 && echo text >>d1/f1.md && git add d1/f1.md && git commit -q -m x"
}
read -r without with < <(best 15 "$(commit plain)" "$(commit hooked)")
python3 - "$without" "$with" <<'EOF' || status=1
import sys
without, with_ = map(float, sys.argv[1:])
print(f"check, the hook on 5,000 files: a commit takes {with_} ms, without it {without}: {with_ - without:.1f} ms more (25 allowed)")
sys.exit(with_ - without >= 25)
EOF
exit $status
