# The frame: options before and after the command, colours, output that cannot be
# written, and `git rowmark`.

bats_require_minimum_version 1.5.0
load common

@test "common options stand before or after the command" {
  reading_list
  cd ..
  expect 0 rowmark -C repo -q ls <<'OUT'
README.md#papers
OUT
  expect 0 rowmark ls -q -C repo <<'OUT'
README.md#papers
OUT
  expect 0 rowmark -C repo next -n1 -f README.md#papers <<'OUT'
Reading  GPT-3  https://arxiv.org/abs/2005.14165
OUT
}

@test "git rowmark is rowmark" {
  reading_list
  expect 0 git rowmark ls -q <<'OUT'
README.md#papers
OUT
}

@test "colours: --color, NO_COLOR, CLICOLOR_FORCE" {
  reading_list
  green=$(printf '\033[32m')
  has() { grep -qF "$green" <<<"$("$@")"; }
  (! has rowmark show)
  has rowmark show --color=always
  has env CLICOLOR_FORCE=1 rowmark show
  (! has env CLICOLOR_FORCE=0 rowmark show)
  (! has env CLICOLOR_FORCE=1 NO_COLOR=1 rowmark show)
  has env NO_COLOR=1 rowmark show --color always
  (! has env CLICOLOR_FORCE=1 rowmark show --color never)
}

@test "output that cannot be written is trouble" {
  [ -e /dev/full ] || skip "no /dev/full"
  reading_list
  run sh -c 'rowmark show >/dev/full'
  [ "$status" -eq 2 ]
  [ "$output" = 'rowmark: cannot write standard output: No space left on device' ]
}

@test "closed streams: nothing that is printed goes into a file" {
  reading_list
  run -2 bash -c 'rowmark ls >&-'
  [[ $output == *'cannot write standard output'* ]]
  run -2 bash -c 'rowmark show - <&-'
  [[ $output == *'cannot read'* ]]
  # With 2 closed, the lock of the index would have taken its place.
  touch .git/hooks/pre-commit
  rowmark set lima reading -v <&- >&- 2>&- || :
  [ "$(git log -1 --format=%s)" = 'LIMA: Not read -> Reading' ]
  is_clean
}

@test "a file that may not grow is refused, not the end" {
  reading_list
  for i in $(seq 2000); do echo "line $i" >>README.md; done
  git commit -qam long
  state >"$HOME/before"
  run -2 bash -c 'ulimit -f 8; rowmark set lima reading'
  [[ $output == *'File too large'* ]]
  state | cmp "$HOME/before" -
  [ ! -e .git/index.lock ]
  rowmark set lima reading
  is_clean
}

@test "a pager is started on a terminal, and only there" {
  command -v script >/dev/null || skip "no script(1)"
  reading_list
  PAGER='sed s/^/paged:/' TERM=xterm script -qec 'rowmark ls -q' /dev/null | grep -q '^paged:README.md#papers'
  PAGER='sed s/^/paged:/' TERM=xterm script -qec 'rowmark --no-pager ls -q' /dev/null | grep -q '^README.md#papers'
  [ "$(PAGER='sed s/^/paged:/' rowmark ls -q)" = 'README.md#papers' ]
  # A system without less loses nothing.
  PATH=/nowhere TERM=xterm "$(command -v script)" -qec "$ROWMARK ls -q README.md" /dev/null |
    grep -q '^README.md#papers'
}

@test "the pager is git's; what is not there is none" {
  command -v script >/dev/null || skip "no script(1)"
  reading_list
  export TERM=xterm PAGER='sed s/^/paged:/'
  git config core.pager 'sed s/^/core:/'
  script -qec 'rowmark ls -q' /dev/null | grep -q '^core:README.md#papers'
  GIT_PAGER='sed s/^/mine:/' script -qec 'rowmark ls -q' /dev/null | grep -q '^mine:README.md#papers'
  git config core.pager nosuch
  script -qec 'rowmark ls -q' /dev/null | grep -q '^README.md#papers'
  GIT_PAGER=/no/such script -qec 'rowmark ls -q' /dev/null | grep -q '^README.md#papers'
}

@test "Ctrl-C ends no sooner than the pager" {
  command -v python3 >/dev/null || skip "no python3"
  reading_list
  cat >"$HOME/pager" <<'SH'
trap '' INT
head -n 1
sleep 1
echo 'still here'
SH
  run "$BATS_TEST_DIRNAME/pty" env TERM=xterm GIT_PAGER="sh $HOME/pager" rowmark ls -q <<'KEYS'
wait README.md#papers
^C
wait still here
KEYS
  [[ $output != *'in vain'* ]]
}

@test "the version" {
  expect 0 rowmark --version <<<"$(rowmark version)"
  [[ $(rowmark version) =~ ^rowmark\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
  [ "$(rowmark version --json | jq .version)" -eq 1 ]
  [ "$(rowmark version --json | jq -c .formats)" = '{"cache":3,"drivers":1,"hooks":1}' ]
}

@test "rowmark alone: the tables and what to try, or the commands" {
  expect 0 rowmark <<<"$(rowmark help)"
  reading_list
  expect 0 rowmark <<'OUT'
README.md#papers  2 of 13  ██▍░░░░░░░░░░░░░   15 %  Not Read 10 · Reading 1 · Read 2
  one status in 2 spellings: Not read 3, Not Read 7

Try
  rowmark next                          what to do next
  rowmark start 'Scaling Laws'          begin it
  rowmark done GPT-3                    finish it
  rowmark show                          the rows
  rowmark ls                            the tables
  rowmark help                          everything else
OUT
}
