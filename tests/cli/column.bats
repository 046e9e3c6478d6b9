# column: columns that come, go, change places or names.

bats_require_minimum_version 1.5.0
load common
load repo

tracked() {
  fresh
  commit_file a.md <<'IN'
# Papers

<!-- rowmark: papers
Paper: key
Status: status = Not read < Read
-->

| Paper | Status   |
|-------|----------|
| LoRA  | Not read |
| LIMA  | Read     |
IN
}

@test "one comes, gets another name and place, and goes; undo takes each back" {
  tracked
  cp a.md "$HOME/before"
  expect 0 rowmark column add Area --after paper <<'OUT'
a.md#papers  Area added
[main d92d21d] Add the column Area
OUT
  [ "$(tail -4 a.md)" = '| Paper | Area | Status   |
|-------|------|----------|
| LoRA  |      | Not read |
| LIMA  |      | Read     |' ]
  rowmark set -q lora NLP -c area
  rowmark column rename -q Status State a.md#papers
  grep -x 'State: status = Not read < Read' a.md
  rowmark check -q
  rowmark column move -q State --first
  [ "$(tail -1 a.md)" = '| Read     | LIMA  |      |' ]
  rowmark column rm -q Area
  is_clean
  for _ in 1 2 3 4 5; do rowmark undo -q; done
  cmp a.md "$HOME/before"
}

@test "only this is committed, whatever else is dirty or staged" {
  tracked
  echo staged >>a.md
  git add a.md
  echo dirty >>a.md
  rowmark column add -q Area
  [ "$(git show HEAD:a.md | tail -1)" = '| LIMA  | Read     |      |' ]
  [ "$(git show :a.md | tail -1)" = staged ]
  [ "$(tail -1 a.md)" = dirty ]
}

@test "what cannot be is refused" {
  tracked
  says() { # words, arguments...
    local words=$1
    shift
    run rowmark column "$@"
    [ "$status" -eq 2 ] && [[ $output == *"$words"* ]] || { echo "$* ($status): $output"; return 1; }
    [ -z "$(git status --porcelain)" ]
  }
  says "there is a column 'Status' already" add status
  says "there is a column 'Paper' already" rename Status Paper
  says 'no column' rm Nothing
  says 'where to?' move Status
  says 'what: add, rename, move or rm?' drop Status
  says 'wanted OLD and NEW' rename Status
  rowmark column rm -q Status
  says 'it is the only column' rm Paper
}

@test "where a column goes is not asked where none does" {
  fresh
  printf '| A | B |\n|---|---|\n| 1 | 2 |\n' | commit_file a.md
  refused '--after and --first say where a column goes; none does' rowmark column rm A --first
  refused 'rename: --after and --first are for add and move' rowmark column rename A C --after B
  refused '--after or --first, not both' rowmark column add C --after B --first
}

@test "a column is renamed where other files refer to it, in one commit" {
  fresh
  printf '<!-- rowmark: papers; Title: key -->\n\n| No | Title |\n|---|---|\n| 1 | LoRA |\n' | commit_file a.md
  printf '<!-- rowmark: runs; Paper: ref papers.Title -->\n\n| Paper |\n|---|\n| LoRA |\n' | commit_file b.md
  rowmark column rename -q Title 'The, title' a.md
  grep -qF 'Paper: ref papers."The, title"' b.md
  rowmark check -q
  [ "$(git diff --name-only HEAD~1 | paste -sd ' ')" = 'a.md b.md' ]
  is_clean
  rowmark undo -q
  git diff --exit-code HEAD~2 HEAD
}

@test "a column is renamed in the regions of its file that are drawn by it" {
  fresh
  printf '# L\n\n| P | Status | Area |\n|---|---|---|\n| a | done | X |\n| b | todo | Y |\n\n<!-- rowmark:begin summary by=Area -->\n<!-- rowmark:end -->\n' | commit_file a.md
  rowmark render -q
  rowmark column rename -q Area 'The field'
  grep -qxF '<!-- rowmark:begin summary by="The field" -->' a.md
  rowmark render --check
  rowmark column rename -q 'The field' Area
  grep -qF 'summary by="Area" -->' a.md
  rowmark render --check
  is_clean
}

@test "a column is renamed in the regions of other files that are drawn by it, and in no others" {
  fresh
  mkdir docs
  printf '# L\n\n| P | Status | Area |\n|---|---|---|\n| a | done | X |\n\n# M\n\n| Q | Status | Area |\n|---|---|---|\n| b | todo | Y |\n' | commit_file a.md
  printf '# N\n\n| R | Status | Area |\n|---|---|---|\n| c | done | X |\n' | commit_file docs/own.md
  region() { printf '<!-- rowmark:begin %s -->\n<!-- rowmark:end -->\n\n' "$1"; }
  { region 'summary ../a.md#l by=Area' && region 'summary "../a.md#l" by="Area"' && region 'summary ./.././a.md#1 column=status by=area' &&
    region 'summary ../a.md#m by=Area' && region 'summary ../a.md by=Area' && region 'summary ../a.md#l own.md by=Area' && region 'summary own.md by=Area' &&
    region 'summary by=Area' && region 'sql "SELECT Area FROM l"'; } | commit_file docs/index.md
  cp docs/index.md "$HOME/was"
  rowmark column rename -q Area 'The field' 'a.md#l'
  diff "$HOME/was" docs/index.md >"$HOME/got" || :
  diff "$HOME/got" - <<'OUT'
1c1
< <!-- rowmark:begin summary ../a.md#l by=Area -->
---
> <!-- rowmark:begin summary ../a.md#l by="The field" -->
4c4
< <!-- rowmark:begin summary "../a.md#l" by="Area" -->
---
> <!-- rowmark:begin summary "../a.md#l" by="The field" -->
7c7
< <!-- rowmark:begin summary ./.././a.md#1 column=status by=area -->
---
> <!-- rowmark:begin summary ./.././a.md#1 column=status by="The field" -->
OUT
  is_clean
  [ "$(git diff --name-only HEAD~1 | paste -sd ' ')" = 'a.md docs/index.md' ]
  # From another folder, a file typed in another way, and where -f names the table.
  cd docs
  rowmark column rename -q 'The field' Area -f ./../a.md#l
  [ "$(grep -c 'by="\?[Aa]rea"\? ' index.md)" -eq 8 ]
  rowmark undo -q
  rowmark undo -q
  cmp index.md "$HOME/was"
  is_clean
}

@test "a region of one table of its file is renamed though another has a column of the name" {
  fresh
  printf '# L\n\n| P | Status | Area |\n|---|---|---|\n| a | done | X |\n\n# M\n\n| Q | Status | Area |\n|---|---|---|\n| b | todo | Y |\n\n<!-- rowmark:begin summary #l by=Area -->\n<!-- rowmark:end -->\n\n<!-- rowmark:begin summary a.md#m by=Area -->\n<!-- rowmark:end -->\n\n<!-- rowmark:begin summary by=Area -->\n<!-- rowmark:end -->\n' | commit_file a.md
  rowmark render -q
  rowmark column rename -q Area Field 'a.md#l'
  grep begin a.md | diff - <(printf '<!-- rowmark:begin summary #l by=Field -->\n<!-- rowmark:begin summary a.md#m by=Area -->\n<!-- rowmark:begin summary by=Area -->\n')
  rowmark render --check
  is_clean
}

@test "a column that is added takes nothing from the status that is there" {
  reading_list
  for name in Finished Started Due Date Progress State Done 'Date completed'; do
    rowmark column add -q "$name"
  done
  run -0 rowmark ls
  [[ ${lines[1]} == *'Read or Not'*' of 13' ]]
  rowmark start -q lora
  rowmark done -q lora
}
