# rowmark guide: one page, and the same in a region of a file.

load common

plan() {
  fresh
  printf '| Task | Status | Owner |\n|---|---|---|\n| parse | Todo | |\n| print | Doing | bob |\n' | commit_file PLAN.md
}

@test "the guide names the tables, and fits 60 lines however many there are" {
  plan
  rowmark guide >"$HOME/page"
  grep -q '^| PLAN.md#1 | Task | Status: Todo, Doing | Owner |$' "$HOME/page"
  grep -q 'rowmark claim --next --as NAME' "$HOME/page"
  for i in $(seq 40); do printf '\n# T%s\n\n| A | Status |\n|---|---|\n| x | Todo |\n' "$i" >>PLAN.md; done
  [ "$(rowmark guide | wc -l)" -le 60 ]
  printf '| A | B |\n|---|---|\n| x | y |\n' >PLAN.md
  rowmark guide | grep -q 'No$\|says who has a row'
}

@test "the guide says which rows wait, how one is made to, and what settles a conflict" {
  plan
  rowmark guide | grep -q '^- No row waits for another'
  rowmark guide | grep -qF 'rowmark merge --resolve FILE'
  printf '%s\n' '<!-- rowmark: plan; Needs: ref plan -->' '' '| Task | Status | Owner | Needs |' '|---|---|---|---|' \
    '| parse | Todo | | |' '| print | Todo | | parse |' | commit_file PLAN.md
  rowmark check
  rowmark guide | grep -q "^- A row waits until those in its cell 'Needs' are done"
  [ "$(rowmark guide | grep -c 'No row waits')" -eq 0 ]
  [ "$(rowmark next --ready --format json | jq -c '[.rows[].row]')" = '["parse"]' ]
}

@test "tables with a status come first" {
  fresh
  printf '| A | B |\n|---|---|\n| x | y |\n\n# Plan\n\n| Task | Status |\n|---|---|\n| parse | Todo |\n' |
    commit_file a.md
  [ "$(rowmark guide | grep -c '^| a.md')" -eq 2 ]
  rowmark guide | grep '^| a.md' | head -1 | grep -q '#plan'
}

@test "--write keeps it in a region: every byte outside stays, and again changes nothing" {
  plan
  rowmark guide --write AGENTS.md -q
  [ "$(git log -1 --format=%s)" = 'Write the guide to rowmark in AGENTS.md' ]
  expect 0 rowmark guide --write AGENTS.md <<<'AGENTS.md: unchanged'
  [ "$(rowmark ls --json | jq '.tables | length')" -eq 1 ] # its tables are no data
  rowmark check
  printf '# Mine\r\n\r\nfirst\t \r\n%s\r\n\r\n%s\r\nlast, no end' '<!-- rowmark:begin guide -->' '<!-- rowmark:end -->' >AGENTS.md
  git commit -qam mine
  rowmark guide --write AGENTS.md -q
  is_clean
  rowmark check
  [ "$(head -c 19 AGENTS.md | od -c | head -1)" = "$(printf '# Mine\r\n\r\nfirst\t \r\n' | od -c | head -1)" ]
  [ "$(tail -c 14 AGENTS.md)" = $'\r\nlast, no end' ]
  grep -c $'\r$' AGENTS.md >"$HOME/crs"
  [ "$(($(cat "$HOME/crs")))" -eq "$(grep -c '' <(sed '$d' AGENTS.md))" ]
  printf '```\n' >open.md && git add . && git commit -qm open
  status=0
  rowmark guide --write open.md 2>"$HOME/err" || status=$?
  [ "$status" -eq 2 ] && grep -q 'would change what stands around it' "$HOME/err"
}
