# A command that was killed, once more: it ends in the one right state, or says what to do.
#
# strace kills it at each of the renames that put the file, the index and the branch in
# place, which is where it leaves something behind.

load common
load repo

setup() {
  common_setup
  strace -o /dev/null true 2>/dev/null || skip "no tracing here"
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
}

# Names of files are exchanged by renameat2; the index and the branch are renamed.
points() { printf 'renameat2 1\nrename 1\nrename 2\nunlink 1\nunlink 2\nunlink 3\nunlinkat 1\n'; }

kill_at() { # call, number, command...
  local name=$1 n=$2
  shift 2
  (strace -qq -o /dev/null -e "trace=$name" -e "inject=$name:signal=KILL:when=$n" "$@" >/dev/null 2>&1) 2>/dev/null || :
}

# What the command leaves when nobody kills it, and what it leaves killed and run again.
finishes() { # setup, command...
  local setup=$1 name n killed=0
  shift
  (cd "$HOME" && rm -rf repo && "$setup" && "$@" >/dev/null && all >"$HOME/want")
  while read -r name n; do
    cd "$HOME" && rm -rf repo && "$setup"
    kill_at "$name" "$n" "$@"
    [ ! -e .git/index.lock ] || killed=$((killed + 1))
    "$@" >"$HOME/said" 2>&1
    all >"$HOME/got"
    diff -u "$HOME/want" "$HOME/got" || { echo "killed at $name $n"; cat "$HOME/said"; return 1; }
    [ -z "$(find . -name '*.lock' -o -name '.README.md.*' -o -name '*.rowmark')" ]
  done < <(points)
  [ "$killed" -ge 4 ]
}

all() {
  git rev-parse HEAD && git status --porcelain && git ls-files -s && cat README.md && git fsck --strict --no-dangling 2>&1
}

dirty() {
  papers
  sed -i 's/^The end/Dirty/' README.md
  echo two >other && git add other
}
hooked() {
  dirty
  echo 'exit 0' | hook pre-commit
}

@test "set" { finishes dirty rowmark set LoRA Read; }
@test "rm" { finishes dirty rowmark rm LoRA; }
@test "rm, of a file named with its table" { finishes dirty rowmark rm lora README.md#papers; }
@test "rm where hooks run" { finishes hooked rowmark rm LoRA; }
@test "add" { finishes dirty rowmark add Paper=Newest; }
@test "add where hooks run" { finishes hooked rowmark add Paper=Newest Status=Read; }

# Two rows of one name: keys are not unique, so an equal row is looked for.
doubled() {
  dirty
  sed -i '5p' README.md && git commit -qnm doubled README.md
}
@test "add where keys are not unique" { finishes doubled rowmark add Paper=Newest; }

at_rename() { # command...: killed when the file is in place and the index is not
  cd "$HOME" && rm -rf repo && dirty
  kill_at rename 1 "$@"
  [ -e .git/index.lock ]
}

@test "rm LINE:N is refused: it may be another row now" {
  at_rename rowmark rm LINE:6
  cp README.md ../after
  run rowmark rm LINE:6
  [ "$status" -eq 2 ]
  [[ $output == *'LINE:6 may be another row now'* ]]
  cmp README.md ../after
  rowmark rm LoRA
  [ "$(git status --porcelain)" = $' M README.md\nM  other' ]
  [ "$(git diff HEAD~1 HEAD | grep -E '^[-+][^-+]')" = '-| LoRA | Not read |' ]
}

@test "sql says what it finds and what to do, once; then it does as it is told" {
  local statement
  for statement in "DELETE FROM papers WHERE Paper = 'LoRA'" "INSERT INTO papers(Paper) VALUES ('Newest')" \
    "UPDATE papers SET Status = 'Read' WHERE Paper = 'LoRA'"; do
    at_rename rowmark sql "$statement"
    cp README.md ../after
    run rowmark sql "$statement"
    [ "$status" -eq 2 ]
    [[ $output == *'README.md: a rowmark was killed here'* ]]
    cmp README.md ../after
    [ ! -e .git/index.lock ]
    git checkout -q HEAD -- README.md
    rowmark sql "$statement"
    [ "$(git diff --name-only HEAD~1 HEAD)" = README.md ]
    [ "$(git status --porcelain)" = 'M  other' ]
  done
}

@test "sql that only asks is not held up, but told" {
  at_rename rowmark rm LoRA
  run rowmark sql 'SELECT count(*) FROM papers'
  [ "$status" -eq 0 ]
  [[ $output == *'a rowmark was killed while it committed here'* ]]
}

@test "another row than the killed command's is not found, and the lock explained" {
  at_rename rowmark rm LoRA
  run rowmark rm Nobody
  [ "$status" -eq 2 ]
  [[ $output == *"no row 'Nobody'"* ]]
  [[ $output == *'the next change takes its lock away'* ]]
  rowmark set LIMA Read
  [ ! -e .git/index.lock ]
  [ "$(git diff HEAD~1 HEAD | grep -cE '^[-+][^-+]')" = 2 ]
}

@test "without a killed command a row that is gone is gone" {
  dirty
  sed -i '/LoRA/d' README.md
  refused "no row 'LoRA'" rowmark rm LoRA
}
