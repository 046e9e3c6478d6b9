# rowmark render: regions written anew, and nothing else.

bats_require_minimum_version 1.5.0
load common

# The reading list with a region at its end, committed.
with_region() {
  reading_list
  printf '\n<!-- rowmark:begin summary -->\n<!-- rowmark:end -->\n' >>README.md
  git commit -qam 'A region'
}

@test "render writes, once" {
  with_region
  cp README.md before
  expect 1 rowmark render --check <<'OUT'
README.md:43: not up to date
OUT
  rowmark render
  head -c "$(($(wc -c <before) - 21))" before | cmp - <(head -c "$(($(wc -c <before) - 21))" README.md)
  tail -n 6 README.md | diff - /dev/fd/3 3<<'OUT'

| Table | Rows | Share | Values |
| :-- | --: | :-- | :-- |
| [papers](#papers) | 2 of 13 | █▌░░░░░░░░ 15 % | Not Read 10 · Reading 1 · Read 2 |

<!-- rowmark:end 0c2ad898 -->
OUT
  [ "$(git log -1 --format=%s)" = 'Render README.md' ]
  rm before
  is_clean
  expect 0 rowmark render <<'OUT'
OUT
  expect 0 rowmark render --check <<'OUT'
OUT
}

@test "a change of a cell brings the region up to date in the same commit" {
  with_region
  rowmark render
  rowmark set lima read
  grep -qF '| 3 of 13 |' README.md
  [ "$(git show --format= --numstat | cut -f 1,2)" = $'3\t3' ]
  is_clean
  rowmark render --check
  head=$(git rev-parse HEAD)
  rowmark set lima read
  [ "$(git rev-parse HEAD)" = "$head" ]
}

@test "of a declared table too, whose rules are asked before" {
  fresh
  printf '<!-- rowmark: p; K: key; S: status = a < b -->\n\n|K|S|\n|-|-|\n|x|a|\n\n<!-- rowmark:begin summary -->\n<!-- rowmark:end -->\n' | commit_file a.md
  rowmark render -q
  rowmark done -q x
  rowmark render --check
  rowmark add -q K=y
  rowmark render --check
  is_clean
}

@test "an edit by hand is told and kept" {
  with_region
  rowmark render
  sed -i 's/2 of 13/thirteen/' README.md
  cp README.md edited
  expect 1 rowmark render <<'OUT'
README.md:43: edited by hand, kept (--force writes over it)
OUT
  cmp README.md edited
  expect 1 rowmark render --check <<'OUT'
README.md:43: edited by hand, kept (--force writes over it)
OUT
  rowmark set lima read --no-commit
  grep -q thirteen README.md
  rowmark render --force --no-commit
  grep -qF '| 3 of 13 |' README.md
}

@test "broken markers are an error and nothing is written" {
  with_region
  sed -i 's/^<!-- rowmark:end -->$//' README.md
  state >"$HOME/before"
  expect 2 rowmark render <<'OUT'
rowmark: README.md:43: rowmark:begin without a rowmark:end after it
hint: write <!-- rowmark:end --> where the region ends
OUT
  state | cmp "$HOME/before" -
  # A change of a cell does not fail for it, and leaves it alone.
  rowmark set lima read --no-commit
  grep -q '^<!-- rowmark:begin summary -->$' README.md
}

@test "a region may name tables of other files, from the version that is committed" {
  reading_list
  mkdir docs
  printf '<!-- rowmark:begin summary ../README.md#papers -->\n<!-- rowmark:end -->\n' | commit_file docs/state.md
  sed -i 's/Not Read/Read/' README.md
  rowmark render docs/state.md
  git show HEAD:docs/state.md | grep -qF '| 2 of 13 |'
  cmp <(git show HEAD:docs/state.md) docs/state.md
  rowmark render docs/state.md --no-commit
  grep -qF '| 9 of 13 |' docs/state.md
}

@test "a dry run prints the diff" {
  with_region
  run rowmark render -n
  [ "$status" -eq 0 ]
  [[ $output == *'+| [papers](#papers) | 2 of 13 |'* ]]
  is_clean
}

@test "another checkout's line ends are no edit" {
  with_region
  rowmark render
  sed -i 's/$/\r/' README.md
  expect 0 rowmark render --check <<'OUT'
OUT
}

@test "a merge writes the regions of the merged file" {
  with_region
  rowmark render
  git config merge.rowmark.driver 'rowmark merge -L %L -P %P %O %A %B'
  echo '*.md merge=rowmark' >.git/info/attributes
  git checkout -q -b side
  rowmark set lima read
  git checkout -q main
  rowmark set lora read
  git merge -q side -m merge
  grep -qF '| 4 of 13 |' README.md
  expect 0 rowmark render --check <<'OUT'
OUT
  is_clean
}

@test "a region that set could not bring up to date is said, and the change is made" {
  fresh
  table() { printf '# P\n\n| Paper | Status |\n|---|---|\n| LIMA | Not read |\n| LoRA | Read |\n\n'; }
  { table; printf '<!-- rowmark:begin summary -->\n<!-- rowmark:end -->\n'; } >README.md
  rowmark -q render --no-commit
  sed -i '/rowmark:begin/,/rowmark:end/s/LIMA\|Rows\|Share/Mine/' README.md
  git add . && git commit -q -m edited
  run -0 --separate-stderr rowmark set LIMA Read
  # shellcheck disable=SC2154 # bats sets it
  [[ $stderr == *'README.md:8: this region was edited by hand and is kept as it is'* ]]
  { table; printf '<!-- rowmark:begin summary -->\n'; } | commit_file README.md
  run -0 --separate-stderr rowmark set LIMA Read
  [[ $stderr == *'README.md:8: rowmark:begin without a rowmark:end after it; no region was brought up to date'* ]]
  { table; printf -- '- x\n\n  <!-- rowmark:begin summary -->\n  <!-- rowmark:end -->\n'; } | commit_file README.md
  run -0 --separate-stderr rowmark set LIMA Read
  [[ $stderr == *'outside lists and quotes; no region was brought up to date'* ]]
  { table; printf -- '- x\n\n  <!-- rowmark:begin summary -->\n  <!-- rowmark:end -->\n'; } | commit_file README.md again
  run -0 --separate-stderr rowmark sql "UPDATE p SET Status = 'Read' WHERE Paper = 'LIMA'"
  [[ $stderr == *'outside lists and quotes; no region was brought up to date'* ]]
}

@test "check reads the other files that a region counts, in the worktree, the index and a commit" {
  fresh
  printf '# P\n\n| T | Status |\n|---|---|\n| a | Todo |\n| b | Done |\n' | commit_file docs.md
  printf '# My\n\n<!-- rowmark:begin summary docs.md#p -->\n<!-- rowmark:end -->\n' | commit_file README.md
  rowmark render -q
  rowmark check -q
  rowmark set -q a Done
  cat >"$HOME/stale" <<'OUT'
README.md:3:1: error: the region does not say what the tables say any more; 'rowmark render' does it anew [stale-region]
OUT
  expect 1 rowmark check --format concise <"$HOME/stale"
  expect 1 rowmark check --format concise HEAD:README.md < <(sed 's/^/HEAD:/' "$HOME/stale")
  [ "$(rowmark check --format concise --since HEAD~1 2>&1 | grep -c stale-region)" -eq 1 ]
  [ "$(rowmark check --format concise --since HEAD 2>&1 | grep -c stale-region)" -eq 0 ]
  rowmark render -q
  rowmark check -q
}

@test "a column by which a region is drawn is not removed before the region is changed" {
  fresh
  printf '# P\n\n| T | Field | Status |\n|---|---|---|\n| a | x | Todo |\n| b | y | Done |\n\n<!-- rowmark:begin summary by=Field -->\n<!-- rowmark:end -->\n' | commit_file a.md
  rowmark render -q
  run rowmark column rm Field
  [ "$status" -eq 2 ]
  [[ $output == *"a region of a.md is drawn by that"*"no column 'Field'"*'first change what stands behind its rowmark:begin'* ]]
  is_clean
  sed -i 's/ by=Field//' a.md && rowmark render -q --force && git commit -qam r
  rowmark column rm -q Field
}
