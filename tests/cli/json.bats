# Answers for programs: --json of commands that write, their errors, their schemas.

load common
load repo

# j STATUS COMMAND...: with --json it exits so, and prints one document, which is kept for valid.
j() {
  local want=$1 status=0
  shift
  rowmark "$@" --json >"$HOME/doc" 2>"$HOME/err" </dev/null || status=$?
  [ "$status" -eq "$want" ] || { echo "$* exits with $status"; cat "$HOME/doc" "$HOME/err"; return 1; }
  [ "$(wc -l <"$HOME/doc")" -eq 1 ] || { echo "$*:"; cat "$HOME/doc"; return 1; }
  printf '%s\t' "$1" >>"$HOME/docs"
  cat "$HOME/doc" >>"$HOME/docs"
}

valid() {
  local status=0
  "$TOP/tests/cli/valid_json" <"$HOME/docs" || status=$?
  [ "$status" -ne 77 ] || skip 'python3-jsonschema is not there'
  return "$status"
}

# says JQ: the last document is so.
says() {
  jq -e "$1" "$HOME/doc" >/dev/null || { cat "$HOME/doc"; return 1; }
}

plan() {
  fresh
  printf '%s\n' '# Plan' '' '<!-- rowmark: plan; Status: status = Todo < Doing < Done' 'Needs: ref plan' '-->' '' \
    '| Task | Status | Owner | Needs |' '|---|---|---|---|' '| parse | Todo | | |' '| print | Todo | | parse |' \
    '| docs | Done | eve | |' | commit_file PLAN.md 'A plan'
}

@test "every command that can show its diff, and every one that commits, has --json" {
  local cmd
  for cmd in $(rowmark help | sed -n 's/^[A-Z ][a-z ]\{9\}\([a-z][a-z-]*\)  *[A-Z].*/\1/p'); do
    rowmark "$cmd" -h | grep -q -- --dry-run || continue
    rowmark "$cmd" -h | grep -q -- --json || { echo "$cmd"; return 1; }
    rowmark help --schema "$cmd" >/dev/null || return 1
  done
}

@test "what was changed, the commit, what was not done" {
  plan
  j 0 set parse doing
  says '.changes == [{change: "set", address: "PLAN.md#plan", file: "PLAN.md", line: 9, row: "parse", column: "Status", old: "Todo", new: "Doing", changed: true}]'
  says '.files == [{path: "PLAN.md", changed: true}] and .not_done == [] and .notes == []'
  says ".commit == {id: \"$(git rev-parse HEAD)\", branch: \"main\", subject: \"parse: Todo -> Doing\"}"
  j 0 set parse doing
  says '.changes[0].changed == false and .commit == null and .not_done == []'
  j 0 set parse done --dry-run
  says '.changes[0].new == "Done" and .commit == null and .not_done == [{what: "write", why: "--dry-run"}]'
  j 0 set parse todo --no-commit
  says '.commit == null and .not_done == [{what: "commit", why: "--no-commit"}]'
  git checkout -q .
  git config rowmark.commit no
  j 0 start print
  says '.not_done == [{what: "commit", why: "rowmark.commit is no"}]'
  git config --unset rowmark.commit
  git checkout -q .
  j 0 done print --stage
  says '.not_done == [{what: "commit", why: "--stage"}]'
  git reset -q --hard
  j 0 add Task=lex
  says '.changes[0] | .change == "add" and .row == "lex" and .cells[1] == {column: "Status", value: "Todo"}'
  j 0 rm lex
  says '.changes[0] | .change == "remove" and .line == 12 and .cells[0].value == "lex"'
  j 0 undo
  says '.changes[0] | .change == "add" and .row == "lex"'
  j 0 sort --by Task
  says '[.changes[].change] | unique == ["move"]'
  j 0 sql "UPDATE plan SET Owner = 'ada' WHERE Task = 'lex'"
  says '.changes[0].column == "Owner" and .commit.id'
  j 0 sql 'SELECT Task FROM plan'
  j 0 claim lex --as ada
  j 0 release lex
  j 0 archive
  says '[.changes[].change] | index("remove") and index("add")'
  j 0 new notes.md Task 'Status: Todo < Done' Owner Needs
  says '.changes[0].change == "add-table" and .commit.branch == "main"'
  j 0 new 'notes.md#More' --like notes.md
  j 0 new other.md A B --no-commit
  says '.not_done[0].what == "commit"'
  j 0 mv print notes.md#notes
  j 0 fmt PLAN.md
  says '.files == [{path: "PLAN.md", changed: true}]'
  printf -- '# Links\n\n- [one](https://one.org)\n- [two](https://two.org)\n' | commit_file list.md
  j 0 adopt list.md#links
  j 0 install --merge
  says '.output | length > 0'
  j 0 uninstall --merge
  printf '\n<!-- rowmark:begin summary -->\n<!-- rowmark:end -->\n' >>PLAN.md
  git commit -qam region
  j 1 render --check
  j 0 render
  says '.commit.subject == "Render PLAN.md"'
  valid
}

@test "what was refused is one document, with a code and candidates, and words as ever" {
  plan
  j 2 set p done
  says '.error | .code == "ambiguous" and .candidates == [{address: "PLAN.md#plan", line: 9, row: "parse"}, {address: "PLAN.md#plan", line: 10, row: "print"}]'
  grep -q "^rowmark: 'p' fits 2 rows" "$HOME/err"
  j 2 set nobody done
  says '.error | .code == "not-found" and .candidates == []'
  j 2 set prase done
  says '.error | .code == "not-found" and .candidates == [{address: "PLAN.md#plan", line: 9, row: "parse"}]'
  j 2 set parse finished
  says '.error | .code == "invalid" and .candidates == []'
  j 2 set parse
  j 2 set --frob
  says '.error.hint'
  j 2 set parse doing --stage --no-commit
  j 2 set parse done gone.md
  j 3 set parse done --expect Doing
  says '.error | .code == "faster" and (.message | contains("Todo"))'
  j 3 add Task=parse
  says '.error.code == "faster"'
  j 2 add Task=x Needs=nobody
  says '.error.code == "refused"'
  j 2 claim docs --as ada
  says '.error.code == "refused"'
  j 2 claim parse
  rowmark claim parse --as ada -q
  j 3 claim parse --as bob
  says ".error.owner == {name: \"ada\", since: \"2026-01-02T03:04:05+00:00\", commit: \"$(git rev-parse HEAD)\"}"
  j 3 release parse --as bob
  says '.error.owner.name == "ada"'
  sed -i 's/| ada |/| eve |/' PLAN.md
  j 3 claim parse --as bob
  says '.error.owner == {name: "eve", since: null, commit: null}'
  git checkout -q PLAN.md
  j 3 set parse todo --expect done
  says '.error | has("owner") | not'
  j 3 claim --next --as bob
  says '.error | .code == "faster" and (.message | contains("1 is taken, 1 waits"))'
  j 2 sql 'UPDATE nowhere SET a = 1'
  j 2 undo HEAD~9
  printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
  j 2 done parse
  says '.error.code == "hook"'
  rm .git/hooks/pre-commit
  touch .git/MERGE_HEAD
  j 2 done parse
  rm .git/MERGE_HEAD
  j 2 next gone.md
  j 2 show gone.md
  j 2 ls gone.md
  cd .. && mkdir none && cp repo/PLAN.md none && cd none
  j 2 done parse
  says '.error.code == "no-repository"'
  j 0 done parse --no-commit
  valid
}

@test "a command that reads and cannot prints the error alone; one that can, its document alone" {
  plan
  j 0 next --ready
  j 0 ls
  j 0 show PLAN.md
  valid
  status=0
  rowmark frob --json >"$HOME/doc" 2>/dev/null || status=$?
  [ "$status" -eq 2 ] && says '.error.message == "unknown command '"'frob'"'"'
  rowmark set parse done -q --json | jq -e .commit.id # quiet or not
}

# A plan with a history: a word renamed, a row that moved, a matrix, a declaration of all kinds.
plans() {
  plan
  rowmark -q start parse 2>/dev/null || rowmark start -q parse
  sed -i 's/Doing/In work/g' PLAN.md
  printf '%s\n' '' '## Old' '' '| Task | Status | Owner | Needs |' '|---|---|---|---|' >>PLAN.md
  git commit -q -a -m 'Other words'
  rowmark mv -q docs PLAN.md#old
  printf '%s\n' '<!-- rowmark: m; Name: key; Score: integer, min 1, max 5; Area: enum = a, b' 'Part of: ref plan -->' '' \
    '| Name | Go | Rust | Score | Area | Part of |' '|---|---|---|---|---|---|' '| x | ✅ | ❌ | 3 | a | parse |' \
    '| y | ✅ | | 9 | c | gone |' '| y | ✅ | ❌ | 1 | A | |' | commit_file M.md
}

@test "log, blame, history, diff, summary, check, schema, version: valid, whatever the exit status" {
  plans
  j 0 version
  for args in 'log' 'log parse' 'log -n 1 M.md' 'blame PLAN.md' 'blame PLAN.md#plan -c Owner' 'history' \
    'history PLAN.md#plan' 'summary' 'summary M.md --by Area' 'check PLAN.md' 'check --rules' 'check --fix -n PLAN.md' \
    'schema show' 'schema infer' 'schema export M.md' 'schema export' 'diff'; do
    # shellcheck disable=SC2086
    j 0 $args
  done
  j 1 check
  says '.errors > 0 and (.findings | map(.rule) | index("primary-key") != null)'
  j 1 diff --exit-code HEAD~2 HEAD
  says 'any(.tables[].rows[]; .row == "docs" and .to == "PLAN.md#old")'
  j 0 diff HEAD~3 HEAD~2
  printf 'x' >>M.md
  j 0 diff
  j 0 check --staged --since HEAD~3
  git checkout -q M.md
  for args in 'log nothing' 'blame M.md#none' 'history none.md' 'diff none' 'summary none.md' 'check none.md' \
    'schema what' 'version extra' 'log y' 'blame PLAN.md -c none'; do
    # shellcheck disable=SC2086
    j 2 $args
  done
  valid
}

@test "sync and land: valid" {
  plan
  git clone -q --bare . ../origin.git
  git remote add origin ../origin.git
  git fetch -q
  git branch -q -u origin/main
  j 0 sync
  git switch -q -c side
  rowmark set -q parse done
  git switch -q main
  j 0 land side --onto main --dry-run
  rowmark set -q parse doing
  j 1 land side --onto main
  git switch -q -c other origin/main
  rowmark set -q parse done
  git push -q origin other:main
  git switch -q main
  j 1 sync
  valid
}

@test "an unknown or ambiguous column: the columns that could have been meant" {
  plan
  printf '%s\n' '| A | Status | Status | Due start | Due end |' '|---|---|---|---|---|' '| x | Todo | Done | | |' |
    commit_file M.md
  j 2 set x 1 -c due M.md
  says '.error | .code == "ambiguous" and .candidates == [{address: "M.md#1", column: "Due start"}, {address: "M.md#1", column: "Due end"}]'
  j 2 set parse x -c zip PLAN.md
  says '.error | .code == "not-found" and [.candidates[].column] == ["Task", "Status", "Owner", "Needs"]'
  j 2 done x M.md
  says '[.error.candidates[].column] == ["Status:1", "Status:2"]'
  j 0 set x done -c "$(jq -r '.error.candidates[0].column' "$HOME/doc")" M.md
  # Another table lacks the column, but what is wrong is the row.
  j 2 set nothing eve -c Owner
  says '.error | .code == "not-found" and .candidates == []'
  j 2 show M.md --where nope=1
  says '.error.candidates | length == 5'
  valid
}
