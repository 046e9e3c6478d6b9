# ls: one line a table.

load common
bats_require_minimum_version 1.5.0

@test "the one table of the reading list" {
  reading_list
  expect 0 rowmark ls <<'OUT'
TABLE             ROWS  COLUMNS  KEY    STATUS       DONE
README.md#papers    13        5  Paper  Read or Not  2 of 13
OUT
}

@test "the seed's" {
  cp "$TOP/../shared/seed/reading-list.md" . 2>/dev/null || skip "no seed here"
  expect 0 rowmark ls <<'OUT'
TABLE                   ROWS  COLUMNS  KEY    STATUS       DONE
reading-list.md#papers    13        5  Paper  Read or Not  0 of 13
OUT
}

several() {
  fresh
  mkdir docs
  printf '| A | B |\n|---|---|\n| 1 | 2 |\n\ntext\n\n| A | Go | C |\n|---|---|---|\n| x | ✅ | ❌ |\n| y | ✅ | ✅ |\n' |
    commit_file docs/two.md
  printf '# T\n\n<!-- rowmark: tasks; N: key; State: status = a < b < c -->\n\n| N | State |\n|---|---|\n| 1 | c |\n' |
    commit_file tasks.md
  printf 'no table\n' | commit_file text.md
  printf '| X |\n|---|\n| 1 |\n' >untracked.md
  printf 'ignored.md\n' >.gitignore
  printf '| X |\n|---|\n| 1 |\n' >ignored.md
}

@test "all files of the repository, from any folder" {
  several
  expect 0 rowmark ls <<'OUT'
TABLE           ROWS  COLUMNS  KEY  STATUS  DONE
docs/two.md#1      1        2  A
docs/two.md#2      2        3  A    Go, C   3 of 4
tasks.md#tasks     1        2  N    State   1 of 1
untracked.md#1     1        1  X
OUT
  cd docs
  expect 0 rowmark ls -q <<'OUT'
two.md#1
two.md#2
../tasks.md#tasks
../untracked.md#1
OUT
  # Outside the worktree a path is an absolute one.
  top=$(git rev-parse --show-toplevel)
  cd "$HOME"
  GIT_DIR=$top/.git GIT_WORK_TREE=$top expect 0 rowmark ls -q <<'OUT'
~/repo/docs/two.md#1
~/repo/docs/two.md#2
~/repo/tasks.md#tasks
~/repo/untracked.md#1
OUT
}

@test "one file, one table, a table by name, NUL ends" {
  several
  expect 0 rowmark ls -q docs/two.md <<'OUT'
docs/two.md#1
docs/two.md#2
OUT
  expect 0 rowmark ls -q 'docs/two.md#2' -f tasks.md <<'OUT'
docs/two.md#2
tasks.md#tasks
OUT
  expect 0 rowmark ls -q '#tasks' <<'OUT'
tasks.md#tasks
OUT
  [ "$(rowmark ls -z | tr '\0' '|')" = 'docs/two.md#1|docs/two.md#2|tasks.md#tasks|untracked.md#1|' ]
}

@test "other places: standard input, the index, a commit" {
  several
  printf '\n| Z |\n|---|\n| 1 |\n' >>tasks.md
  git add tasks.md
  rm tasks.md
  [ "$(rowmark ls -q :tasks.md | wc -l)" -eq 2 ]
  [ "$(rowmark ls -q HEAD:tasks.md)" = HEAD:tasks.md#tasks ]
  [ "$(git show HEAD:tasks.md | rowmark ls -q -)" = -#tasks ]
}

@test "-v says what the status was inferred from" {
  several
  expect 0 rowmark ls -v <<'OUT'
rowmark: docs/two.md: 2 tables
rowmark: tasks.md: 1 table
rowmark: text.md: 0 tables
rowmark: untracked.md: 1 table
TABLE           ROWS  COLUMNS  KEY  STATUS  DONE    INFERRED FROM
docs/two.md#1      1        2  A
docs/two.md#2      2        3  A    Go, C   3 of 4  values ✅
tasks.md#tasks     1        2  N    State   1 of 1  declared
untracked.md#1     1        1  X
OUT
}

@test "JSON" {
  reading_list
  expect 0 as_json rowmark ls --json <<'OUT'
{
  "tables": [
    {
      "address": "README.md#papers",
      "columns": [
        "Paper",
        "What it says",
        "Why it matters",
        "Link",
        "Read or Not"
      ],
      "declared": false,
      "done": 2,
      "file": "README.md",
      "key": "Paper",
      "line": 7,
      "read_only": null,
      "rows": 13,
      "status": [
        "Read or Not"
      ],
      "total": 13,
      "values": [
        "Not Read",
        "Reading",
        "Read"
      ]
    }
  ],
  "version": 1
}
OUT
}

@test "nothing to list" {
  fresh
  expect 0 rowmark ls <<'OUT'
rowmark: no table: 0 Markdown files were read
OUT
  [ "$(rowmark ls --json)" = '{"version":1,"tables":[]}' ]
}

@test "a file that cannot be read does not hide the others" {
  reading_list
  run rowmark ls -q README.md gone.md
  [ "$status" -eq 2 ]
  [[ $output == *README.md#papers* ]]
}

@test "a folder of a commit or of the index stands for the files in it" {
  reading_list
  mkdir -p docs
  cp README.md docs/a.md
  git add docs
  git commit -qm docs
  git rm -qr --cached docs
  expect 0 rowmark ls -q HEAD: <<'OUT'
HEAD:README.md#papers
HEAD:docs/a.md#papers
OUT
  expect 0 rowmark ls -q HEAD:docs <<<'HEAD:docs/a.md#papers'
  expect 2 rowmark ls -q HEAD~1:docs/ : <<'OUT'
rowmark: HEAD~1:docs/: no such file in that commit
:README.md#papers
OUT
}

@test "a colon behind one letter is no ambiguous commit" {
  reading_list
  for i in $(seq 40); do git hash-object -w --stdin <<<"$i" >/dev/null; done
  expect 2 rowmark ls a:b <<<'rowmark: a: no such commit'
}

@test "a folder counts from the current one where a file does" {
  reading_list
  mkdir -p docs/sub
  cp README.md docs/sub/a.md
  git add docs
  cd docs
  expect 0 rowmark ls -q :./ <<<':docs/sub/a.md#papers'
  expect 0 rowmark ls -q :../docs <<<':docs/sub/a.md#papers'
  printf '| a |\n|---|\n| b | c |\n' >sub/b.md
  git add sub
  rm sub/b.md
  run rowmark check --staged sub
  [ "$status" -eq 1 ]
  [[ $output == *docs/sub/b.md:3:*extra-cell* && $output != *:docs* ]]
  expect 1 rowmark check --staged . <<<"$output"
  expect 1 rowmark -C .. check --staged docs <<<"$output"
  expect 2 rowmark check --staged nowhere <<<'rowmark: :docs/nowhere: no such file in the index'
}

@test "-n lists no more than so many" {
  reading_list
  cp README.md b.md
  [ "$(rowmark ls -q | wc -l)" -eq 2 ]
  expect 0 rowmark ls -q -n1 <<<'README.md#papers'
  [ "$(rowmark ls --json --limit 1 | jq '.tables | length')" -eq 1 ]
  run rowmark ls -n 0
  [ "$status" -eq 2 ]
}

@test "one address of great length takes its own line out of the columns, not all others" {
  fresh
  long=$(printf 'x%.0s' {1..2000})
  printf '# A\n\n| a | Status |\n|---|---|\n| 1 | done |\n\n# B\n\n| a | Status |\n|---|---|\n| 1 | done |\n\n# %s\n\n| a | Status |\n|---|---|\n| 1 | done |\n' "$long" >a.md
  for command in ls summary; do
    rowmark $command >out
    [ "$(awk '{ if (length > 200) n++ } END { print n }' out)" -eq 1 ] || { cut -c 1-200 out; return 1; }
    grep -q "$long" out
  done
}

@test "a file in conflict, which git lists for each side, is listed once" {
  git init -q
  printf '| a |\n|---|\n| b |\n' >x.md
  git add x.md && git commit -q -m base
  git switch -q -c side
  printf '| a |\n|---|\n| c |\n' >x.md && git commit -q -a -m side
  git switch -q main
  printf '| a |\n|---|\n| d |\n' >x.md && git commit -q -a -m main
  git merge -q side || true
  [ "$(git ls-files -c | wc -l)" -eq 3 ]
  git checkout -q --ours x.md
  [ "$(rowmark ls | grep -c x.md)" -eq 1 ]
}

@test "-v of ls and of summary says which columns are left out, and why" {
  fresh
  printf '# T\n\n| N | Status | Windows | Note |\n|---|---|---|---|\n%s\n%s\n%s\n' \
    '| a | done | yes | p |' '| b | todo | see the wiki | q |' '| c | todo | next spring | r |' |
    commit_file t.md
  said="rowmark: t.md#t: column 'Windows' is left out: 1 of its 3 values are words of progress"
  for command in ls summary; do
    run --separate-stderr rowmark "$command" -v t.md
    [[ $stderr == *"$said"* ]]
    [ "$(grep -c 'left out' <<<"$stderr")" -eq 1 ]
    run --separate-stderr rowmark "$command" t.md
    [[ $stderr != *'left out'* ]]
  done
}
