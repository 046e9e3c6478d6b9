# A command that was killed, once more: it ends in the one right state, or says what to do.
#
# strace kills it at each of the calls that put the file, the index and the branch in place,
# and at those that tidy up.

load common
load repo

setup() {
  common_setup
  strace -o /dev/null true 2>/dev/null || skip "no tracing here"
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
}

# The file and the index are exchanged by renameat2, the branch is renamed. Where nothing is Linux'
# alone (make check PORTABLE=1) a link and two renames exchange them.
points() {
  printf 'renameat2 1\nrenameat2 2\nrename 1\nunlink 1\nunlink 2\nunlink 3\nunlinkat 1\nunlinkat 2\nlinkat 1\nlinkat 2\n'
  [ -z "${PORTABLE:-}" ] || printf '%s\n' "renameat "{1..4} "linkat "{3..4} "unlinkat "{3..6}
}

kill_at() { # call, number, command...; true: it was killed
  local name=$1 n=$2 status=0
  shift 2
  { (strace -qq -o /dev/null -e "trace=$name" -e "inject=$name:signal=KILL:when=$n" "$@" >/dev/null 2>&1) || status=$?; } 2>/dev/null
  [ "$status" -eq 137 ]
}

left_over() {
  find . -name '*.lock*' -o -name '.README.md.*' -o -name '*rowmark*' ! -name '.rowmark.ini'
}

# What the command leaves when nobody kills it, and what it leaves killed and run again.
finishes() { # kills at least, setup, command...
  local least=$1 setup=$2 name n killed=0
  shift 2
  (cd "$HOME" && rm -rf repo && "$setup" && "$@" >/dev/null && all >"$HOME/want")
  while read -r name n; do
    cd "$HOME" && rm -rf repo && "$setup"
    kill_at "$name" "$n" "$@" || continue
    [ -z "$(git status --porcelain | grep -E '^\?\?')" ]
    killed=$((killed + 1))
    "$@" >"$HOME/said" 2>&1 || { echo "killed at $name $n: exit status $?"; cat "$HOME/said"; return 1; }
    all >"$HOME/got"
    diff -u "$HOME/want" "$HOME/got" || { echo "killed at $name $n"; cat "$HOME/said"; return 1; }
    [ -z "$(left_over)" ] || { echo "killed at $name $n: left over"; left_over; return 1; }
  done < <(points)
  [ "$killed" -ge "$least" ] || { echo "killed $killed times"; return 1; }
}

all() {
  git rev-parse HEAD && git status --porcelain && git ls-files -s && cat README.md && git fsck --strict --no-dangling 2>&1
  git reflog | wc -l
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

@test "set" { finishes 6 dirty rowmark set LoRA Read; }
@test "set, expecting a value" { finishes 6 dirty rowmark set LoRA Read --expect 'Not read'; }
@test "set where hooks run" { finishes 6 hooked rowmark set LoRA Read --expect 'Not read'; }
@test "set --batch" {
  printf 'LoRA\tRead\nLIMA\tRead\n' >"$HOME/batch"
  batch() { exec rowmark set --batch <"$HOME/batch"; }
  export -f batch
  finishes 6 dirty bash -c batch
}
@test "done --stage" { finishes 4 dirty rowmark "done" LoRA --stage; }
@test "start --no-commit" { finishes 2 dirty rowmark start LoRA --no-commit; }
@test "rm" { finishes 6 dirty rowmark rm LoRA; }
@test "rm LINE:N" { finishes 6 dirty rowmark rm LINE:6; }
@test "rm, of a file named with its table" { finishes 6 dirty rowmark rm lora README.md#papers; }
@test "rm where hooks run" { finishes 6 hooked rowmark rm LoRA; }
@test "add" { finishes 6 dirty rowmark add Paper=Newest; }
@test "add where hooks run" { finishes 6 hooked rowmark add Paper=Newest Status=Read; }
@test "sql INSERT" { finishes 6 dirty rowmark sql "INSERT INTO papers(Paper) VALUES ('Newest')"; }
@test "sql UPDATE" { finishes 6 dirty rowmark sql "UPDATE papers SET Status = 'Read' WHERE Paper = 'LoRA'"; }
@test "sql DELETE, by standard input" {
  echo "DELETE FROM papers WHERE Paper = 'LoRA'" >"$HOME/statement"
  gone() { exec rowmark sql - <"$HOME/statement"; }
  export -f gone
  finishes 6 dirty bash -c gone
}
@test "fmt" { finishes 2 dirty rowmark fmt; }
@test "check --fix" { finishes 0 dirty rowmark check --fix; }
@test "schema infer --write" { finishes 2 dirty rowmark schema infer --write README.md; }

# Two rows of one name: keys are not unique.
doubled() {
  dirty
  sed -i '5p' README.md && git commit -qnm doubled README.md
}
@test "add where keys are not unique" { finishes 6 doubled rowmark add Paper=Newest; }

regions() {
  papers
  printf '# Sum\n\n<!-- rowmark:begin summary #papers -->\n<!-- rowmark:end -->\n\n' | cat - README.md >all && mv all README.md
  git commit -qam regions
  sed -i 's/^The end/Dirty/' README.md
}
@test "render" { finishes 6 regions rowmark render; }

listed() {
  papers
  printf '\n## Tools\n\n- [x] one\n- [ ] two\n' >>README.md && git commit -qam listed
  sed -i 's/^The end/Dirty/' README.md
}
@test "adopt" { finishes 6 listed rowmark adopt README.md#tools; }

at_rename() { # command...: killed when file and index are in place and the branch is not
  cd "$HOME" && rm -rf repo && dirty
  # shellcheck disable=SC2046 # two words
  if [ -n "${ROWMARK_ENGINE:-}${ROWMARK_TEST_PROFILE:-}" ]; then
    kill_at $(last_child "$@") "$@"
  else
    kill_at rename 1 "$@"
  fi
  [ -e .git/index.lock ]
}

# git moves the branch where it is the engine: the call that starts it, which is the first behind
# the last exchange of names, and its number.
last_child() {
  cp -a . "$HOME/copy"
  (cd "$HOME/copy" && strace -qq -o "$HOME/calls" -e trace=clone,clone3,vfork,renameat2 "$@" >/dev/null 2>&1)
  rm -rf "$HOME/copy"
  sed 's/(.*//' "$HOME/calls" | awk '{ n[$1]++; name[NR] = $1; number[NR] = n[$1] } $1 == "renameat2" { at = NR }
    END { print name[at + 1], number[at + 1] }'
}

@test "another command takes back what the killed one had begun, and goes its own way" {
  at_rename rowmark rm LoRA
  run rowmark set LIMA Read
  [ "$status" -eq 0 ]
  [[ $output == *'what it had begun is taken back'* ]]
  [ -z "$(left_over)" ]
  [ "$(git diff HEAD~1 HEAD | grep -E '^[-+][^-+]')" = $'-| LIMA | Not read |\n+| LIMA | Read |' ]
  grep -q LoRA README.md
}

@test "a refused command takes it back too" {
  at_rename rowmark rm LoRA
  run rowmark rm Nobody
  [ "$status" -eq 2 ]
  [[ $output == *"no row 'Nobody'"* ]]
  [ -z "$(left_over)" ]
  grep -q LoRA README.md
}

@test "what was written by others since is kept" {
  at_rename rowmark set LoRA Read
  echo 'More.' >>README.md
  rowmark set LIMA Read
  grep -q '^More.$' README.md && grep -q '^Dirty' README.md
  grep -q '| LoRA | Read |' README.md
  git show HEAD:README.md | grep -q '| LoRA | Not read |'
  [ -z "$(left_over)" ]
}

@test "a command that only reads says what it found" {
  at_rename rowmark set LoRA Read
  run rowmark set LIMA Read -n
  [[ $output == *'a rowmark was killed while it committed here'* ]]
  [ -e .git/index.lock ]
}

@test "without a killed command a row that is gone is gone" {
  dirty
  sed -i '/LoRA/d' README.md
  refused "no row 'LoRA'" rowmark rm LoRA
}

@test "what was left beside files and in git's folder goes with the next that writes, though it has nothing to do" {
  dirty
  left() {
    touch .README.md.rowmark-new .git/index.rowmark .git/rowmark-file-3 .git/.merge.rowmark-new
  }
  there() {
    find . -name '*rowmark-*' -o -name index.rowmark
  }
  for command in 'check --fix README.md' 'fmt README.md' 'set LoRA Read README.md --no-commit' 'render README.md'; do
    left
    rowmark $command >/dev/null || [ $? -eq 1 ]
    [ -z "$(there)" ] || { echo "$command: $(there)"; return 1; }
  done
  left
  rowmark check README.md || true
  rowmark ls >/dev/null
  [ "$(there | wc -l)" -eq 4 ]
}

@test "a call that fails behind the lock gives it back: no other git waits for it" {
  papers
  for n in 1 2 3 4; do
    strace -qq -o /dev/null -e trace=lseek -e "inject=lseek:error=EIO:when=$n" rowmark set LIMA Read --stage || true
    [ -z "$(left_over)" ]
    git reset -q --hard
  done
}
