# One owner a row: claim, release, next --ready.

bats_require_minimum_version 1.5.0
load common
load repo

# A table of work, committed. Needs is a ref to the same table.
plan() {
  fresh
  printf '%s\n' '# Plan' '' '<!-- rowmark: plan' 'Needs: ref plan' '-->' '' \
    '| Task | Status | Owner | Needs |' '|---|---|---|---|' '| parse | Todo | | |' \
    '| print | Todo | | parse |' '| lex | Doing | | |' '| docs | Done | eve | |' '| test | Todo | - | docs |' |
    commit_file PLAN.md 'A plan'
}

rows() { rowmark show PLAN.md --columns Task,Status,Owner --format csv | tail -n +2 | tr '\n' ' '; }

# claims STATUS WORDS... --: what it says is not of interest
status_of() {
  local status=0
  "$@" >"$HOME/out" 2>"$HOME/err" || status=$?
  echo "$status"
}

@test "claim writes owner and status in one commit, and again changes nothing" {
  plan
  expect 0 rowmark claim parse --as ada <<'OUT'
PLAN.md#plan  parse
  Owner: (empty) -> ada
  Status: Todo -> Doing
[main b3ed18a] Claim parse for ada
OUT
  is_clean
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  expect 0 rowmark claim parse --as Ada <<'OUT'
PLAN.md#plan  parse
  Owner: ada, unchanged
OUT
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  rowmark claim lex test --as ada -q # begun already; a dash is nobody
  [ "$(rows)" = 'parse,Doing,ada print,Todo, lex,Doing,ada docs,Done,eve test,Doing,ada ' ]
  [ "$(git log -1 --format=%B)" = $'Claim 2 rows for ada\n\nlex\ntest' ]
}

@test "somebody else's is exit status 3, and says who has it since when" {
  plan
  rowmark claim parse --as ada -q
  git rev-parse HEAD >"$HOME/before"
  expect 3 rowmark claim parse --as bob <<'OUT'
rowmark: PLAN.md:9: 'ada' has 'parse' since 2026-01-02T03:04:05+00:00 (b3ed18a by Ada)
hint: 'claim --next' takes another row; --expires 2h this one, two hours after it was taken
OUT
  expect 3 rowmark claim test parse --as bob <<'OUT'
rowmark: PLAN.md:9: 'ada' has 'parse' since 2026-01-02T03:04:05+00:00 (b3ed18a by Ada)
hint: 'claim --next' takes another row; --expires 2h this one, two hours after it was taken
OUT
  git rev-parse HEAD | diff "$HOME/before" -
  expect 2 rowmark claim docs --as bob <<'OUT'
rowmark: PLAN.md:12: 'docs' is done
hint: 'rowmark set ROW VALUE' makes it work to do again
OUT
  expect 0 rowmark claim docs --as eve <<'OUT'
PLAN.md#plan  docs
  Owner: eve, unchanged
OUT
}

@test "--expires counts from the commit that set the owner" {
  plan
  rowmark claim parse --as ada -q
  GIT_COMMITTER_DATE='2026-01-03T03:00:00+0000' rowmark set print Doing -q
  [ "$(status_of rowmark claim parse --as bob --expires 2d)" -eq 3 ]
  export SOURCE_DATE_EPOCH=1767323045 # the very second
  [ "$(status_of rowmark claim parse --as bob --expires 1s)" -eq 3 ]
  export SOURCE_DATE_EPOCH=1767330246 # two hours and a second later
  [ "$(status_of rowmark claim parse --as bob --expires 3h)" -eq 3 ]
  rowmark claim parse --as bob --expires 2h -q
  [[ $(rows) == 'parse,Doing,bob '* ]]
  [ "$(status_of rowmark claim parse --as bob --expires soon)" -eq 2 ]
  sed -i 's/| lex | Doing | |/| lex | Doing | zoe |/' PLAN.md # by hand, not committed: no time is known
  [ "$(status_of rowmark claim lex --as bob --expires 1s)" -eq 3 ]
  grep -q "'zoe' has 'lex' (not committed yet)" "$HOME/err"
}

@test "--next takes mine, else what is free and ready, else what is expired" {
  plan
  rowmark claim --next --as ada -q
  rowmark claim --next --as ada -q
  rowmark claim --next --as bob -q
  [ "$(rows)" = 'parse,Doing,ada print,Todo, lex,Doing, docs,Done,eve test,Doing,bob ' ]
  expect 3 rowmark claim --next --as cy <<'OUT'
rowmark: no row is free: of 4 that are not done 2 are taken, 1 waits for others
hint: --expires 2h takes one whose owner has had it for two hours
OUT
  rowmark set parse Blocked -q # who waits may take another
  [ "$(status_of rowmark claim --next --as ada)" -eq 3 ]
  rowmark done parse -q
  rowmark claim --next --as ada -q
  [[ $(rows) == 'parse,Done,ada print,Doing,ada '* ]]
  rowmark claim --next --as cy --expires 2h -q # the clock stands a day later
  [[ $(rows) == 'parse,Done,ada print,Doing,cy '* ]]
  rowmark done print lex test -q
  expect 0 rowmark claim --next --as cy <<<"Everything is done."
  expect 2 rowmark claim --next lex --as cy <<'OUT'
rowmark: claim: --next and 'lex' exclude each other
hint: without --next the row is claimed by name
OUT
}

@test "release gives a row back" {
  plan
  rowmark claim parse print --as ada -q
  [ "$(status_of rowmark release parse --as bob)" -eq 3 ]
  expect 0 rowmark release parse --as ada <<'OUT'
PLAN.md#plan  parse
  Owner: ada -> -
  Status: Doing -> Todo
[main 8b5b6a7] Release parse
OUT
  expect 0 rowmark release parse <<'OUT'
PLAN.md#plan  parse
  Owner: -, unchanged
OUT
  [ "$(status_of rowmark release docs)" -eq 2 ]
  grep -q "'docs' is done: who did it stays" "$HOME/err"
}

@test "where no word for begun is known the owner alone is written, and it is said" {
  fresh
  printf '| Page | State | Assignee |\n|---|---|---|\n| a | zig | |\n| b | zag | bob |\n' | commit_file t.md
  rowmark claim a --as ada t.md
  grep -q '| a | zig | ada |' t.md
  printf '| Page | Status | Reviewer |\n|---|---|---|\n| a | todo | |\n| b | doing | bob |\n' | commit_file t.md
  expect 2 rowmark claim a --as ada t.md <<'OUT'
rowmark: t.md#1: no column says who has a row
hint: a column called Owner does, or one declared so above the table: <!-- rowmark: COLUMN: owner -->; there are 'Page', 'Status', 'Reviewer'
OUT
  sed -i '1i <!-- rowmark: pages; Reviewer: owner -->\n' t.md && git commit -qam declared
  rowmark claim a --as ada t.md -q
  grep -q '| a | doing | ada |' t.md
  printf '| 任务 | 状态 | 认领人 |\n|---|---|---|\n| 甲 | 未开始 | 待认领 |\n| 乙 | 进行中 | bob |\n' | commit_file z.md
  rowmark claim 甲 --as ada z.md -q
  grep -q '| 甲 | 进行中 | ada |' z.md
  [ "$(status_of rowmark claim a --as - t.md)" -eq 2 ]
  [ "$(status_of rowmark claim a t.md)" -eq 2 ]
}

@test "next --ready leaves out what refers to a row that is left to do, in any file" {
  plan
  [ "$(rowmark next PLAN.md --ready | awk '{ print $2 }' | tr '\n' ' ')" = 'lex parse test ' ]
  printf '<!-- rowmark: pages; Page: key; Task: ref plan -->\n| Page | Task | Status |\n|---|---|---|\n' >pages.md
  printf '| one | docs | todo |\n| two | docs, print | todo |\n| three | nothing | todo |\n| four | | todo |\n' >>pages.md
  [ "$(rowmark next pages.md --ready -f pages.md | awk '{ print $2 }' | tr '\n' ' ')" = 'one three four ' ]
  rowmark set print Dropped --new -q # closed is in nobody's way
  [ "$(rowmark next pages.md --ready | awk '{ print $2 }' | tr '\n' ' ')" = 'one two three four ' ]
}

@test "rows that wait for each other are a finding" {
  plan
  rowmark set parse test -c Needs -q
  rowmark set test print -c Needs -q
  expect 0 rowmark check PLAN.md <<'OUT'
PLAN.md:9:20: warning: rows wait for each other: 'parse' -> 'test' -> 'print' -> 'parse' [reference-cycle]
OUT
  sed -i 's/Status/Colour/; s/Todo\|Doing\|Done/red/' PLAN.md # no status: nothing waits
  expect 0 rowmark check PLAN.md </dev/null
}

# Everybody at once, on whatever rows there are: what each exits with, in order.
everybody() { # n command...
  local n=$1 i
  shift
  for i in $(seq "$n"); do
    (status=0 && "$@" --as "a$i" >"$HOME/out.$i" 2>&1 || status=$? && echo "$status" >"$HOME/status.$i") 3>&- &
  done
  wait
  sort -n "$HOME"/status.* | uniq -c | awk '{ printf "%s of %s ", $1, $2 }'
}

@test "of many that claim at once each gets a row of its own, and one row has one owner" {
  fresh
  { printf '| Task | Status | Owner |\n|---|---|---|\n' && printf '| t%s | Todo | |\n' {1..8} && echo '| x | Done | z |'; } |
    commit_file PLAN.md
  [ "$(everybody 8 rowmark claim --next -q PLAN.md)" = '8 of 0 ' ]
  [ "$(cut -d'|' -f4 PLAN.md | grep -o 'a[0-9]' | sort -u | wc -l)" -eq 8 ]
  [ "$(git rev-list --count HEAD)" -eq 9 ]
  is_clean
  printf '| Task | Status | Owner |\n|---|---|---|\n| one | Todo | |\n| x | Doing | z |\n' | commit_file PLAN.md
  [ "$(everybody 8 rowmark claim one -q PLAN.md)" = '1 of 0 7 of 3 ' ]
  is_clean
}

@test "what another worktree has claimed on its own branch counts before any merge" {
  plan
  sed -i 's/parse |$/|/' PLAN.md && git commit -qam 'Nothing waits'
  rowmark install --merge -q && git add . && git commit -qm driver
  for i in 1 2 3; do git worktree add -q "../w$i" -b "b$i"; done
  for i in 1 2 3; do rowmark claim --next --as "a$i" -C "../w$i" -q; done
  [ "$(cat ../w?/PLAN.md | grep -o '| [a-z]* | Doing | a[0-9]' | sort -u)" = $'| parse | Doing | a1\n| print | Doing | a2\n| test | Doing | a3' ]
  [ "$(status_of rowmark claim print --as bob)" -eq 3 ]
  grep -q "'a2' has 'print' since 2026-01-02.* in the worktree .*/w2, branch b2" "$HOME/err"
  for i in 1 2 3; do git merge -q "b$i"; done
  rowmark release parse --as a1 -q # newer than what b1 says
  rowmark claim parse --as bob -q
  [ "$(status_of rowmark claim parse --as a1 -C ../w1)" -eq 3 ] # and b1 sees that
}

@test "a row that waits is taken by its name, which is said; next says in JSON who has a row" {
  plan
  expect 0 rowmark claim print --as ada <<'OUT'
rowmark: note: 'print' refers to rows that are not done
PLAN.md#plan  print
  Owner: (empty) -> ada
  Status: Todo -> Doing
[main 7061010] Claim print for ada
OUT
  rowmark claim print --as ada -q 2>"$HOME/err"
  [ ! -s "$HOME/err" ]
  [ "$(rowmark next --format json | jq -c '[.rows[] | [.row, .owner]]')" = '[["print","ada"],["lex",""],["parse",""],["test",""]]' ]
  printf '| Task | Status |\n|---|---|\n| x | Todo |\n' >PLAN.md
  [ "$(rowmark next --format json | jq -c '.rows[0] | has("owner")')" = false ]
}

@test "a table in conflict: next lists no marker, and nothing in it is claimed" {
  plan
  git branch other
  rowmark set -q print eve -c Owner
  git switch -q other
  rowmark set -q print bob -c Owner
  git merge -q main >/dev/null || true
  grep -q '^=======$' PLAN.md
  [ "$(rowmark next -n 20 --format json | jq -c '[.rows[].row]')" = '["parse","print","print"]' ]
  expect 2 rowmark claim --next --as ada <<'OUT'
rowmark: PLAN.md:10: a conflict marker stands in the table: the merge is not finished, and rows may be missing or there twice
rowmark: PLAN.md:10: a conflict marker stands in the table
hint: resolve the conflict first: 'rowmark merge --resolve PLAN.md' does it cell by cell
OUT
  expect 2 rowmark claim print --as ada <<'OUT'
rowmark: PLAN.md:10: a conflict marker stands in the table: the merge is not finished, and rows may be missing or there twice
rowmark: PLAN.md:10: a conflict marker stands in the table
hint: resolve the conflict first: 'rowmark merge --resolve PLAN.md' does it cell by cell
OUT
  status=0
  rowmark 'done' parse --stage 2>"$HOME/err" || status=$?
  [ "$status" -eq 2 ] && grep -q "rowmark merge --resolve PLAN.md" "$HOME/err"
}

@test "done --as finishes what one has, or nobody, and nothing else" {
  fresh
  printf '%s\n' '# Plan' '' '| Task | Status | Owner |' '|---|---|---|' '| parse | Doing | ada |' \
    '| print | Doing | bob |' '| docs | Todo | |' | commit_file PLAN.md
  rowmark done -q parse --as ada
  [ "$(sed -n 5p PLAN.md)" = '| parse | Done | ada |' ]
  local head
  head=$(git rev-parse HEAD)
  run rowmark done print --as ada
  [ "$status" -eq 3 ]
  [[ $output == *"'bob' has 'print' since "* ]]
  run rowmark done docs print --as ada
  [ "$status" -eq 3 ]
  [ "$(git rev-parse HEAD)" = "$head" ]
  rowmark done -q docs --as ada
  [ "$(sed -n 7p PLAN.md)" = '| docs | Done | ada |' ]
  [ "$(git log -1 --format=%s)" = 'docs: Todo -> Done' ]
  run rowmark done docs --as bob
  [ "$status" -eq 3 ]
  printf '| A | Status |\n|---|---|\n| x | Todo |\n| y | Done |\n' | commit_file n.md
  run rowmark done x --as ada n.md
  [ "$status" -eq 2 ]
  [[ $output == *'no column says who has a row'* ]]
}
