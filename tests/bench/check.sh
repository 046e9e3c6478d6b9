#!/bin/bash
# The hook: a commit of one staged file in a repository of 5,000, with rowmark's hook and without.
# Best of several runs, taken in turn. How fast check reads texts is texts.sh's.
set -u
ROWMARK=${ROWMARK:-$PWD/build/rowmark}
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

command -v python3 >/dev/null || { echo "check: skipped, no python3 here"; exit 0; }

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
