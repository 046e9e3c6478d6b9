# rename: a status or a key, everywhere.

load common

lists() {
  fresh
  commit_file README.md <<'IN'
# Papers

<!-- rowmark: papers
Paper: key
Status: status = Not read < Reading < Read, Dropped, closed = Dropped, Lost
-->

| Paper | Status |
|---|---|
| [LoRA](https://x.y/LoRA) | Not read |
| LIMA  | **Not read** |
| Foo   | [Reading](#papers) |

<!-- rowmark:begin summary -->
<!-- rowmark:end -->
IN
  commit_file runs.md <<'IN'
<!-- rowmark: runs; Run: key; Papers: ref papers -->

| Run | Papers |
|---|---|
| 1 | LoRA, LIMA |
| 2 | [LoRA](README.md) |
| 3 | LIMA |
IN
  rowmark render -q
}

@test "a status: cells, markup kept, the declaration, the region; and back" {
  lists
  cp README.md "$HOME/before"
  expect 0 rowmark rename 'status=not read' 'To do, later' <<'OUT'
README.md#papers  Status: not read -> To do, later, 2 cells and the declaration
[main 9c39c09] Rename not read to To do, later
OUT
  git diff -U0 HEAD~1 | grep '^[-+][^-+]' | diff - <(cat <<'OUT'
-Status: status = Not read < Reading < Read, Dropped, closed = Dropped, Lost
+Status: status = "To do, later" < Reading < Read, Dropped, closed = Dropped, Lost
-| [LoRA](https://x.y/LoRA) | Not read |
-| LIMA  | **Not read** |
+| [LoRA](https://x.y/LoRA) | To do, later |
+| LIMA  | **To do, later** |
-| [papers](#papers) | 0 of 3 | ░░░░░░░░░░ 0 % | Not read 2 · Reading 1 |
+| [papers](#papers) | 0 of 3 | ░░░░░░░░░░ 0 % | To do, later 2 · Reading 1 |
-<!-- rowmark:end ff59fc73 -->
+<!-- rowmark:end 7b509d56 -->
OUT
)
  is_clean
  rowmark check -q
  rowmark rename -q 'status=to do, later' 'Not read'
  cmp README.md "$HOME/before"
}

@test "a value that is listed twice, and one that is closed alone" {
  lists
  rowmark rename -q Status=Dropped Gone
  rowmark rename -q Status=Lost 'a<b'
  grep -F 'Read, Gone, closed = Gone, "a<b"' README.md
  rowmark undo -q && rowmark undo -q
  git diff --exit-code HEAD~4 HEAD
}

@test "a key: where other tables refer to it, in one commit" {
  lists
  rowmark rename Paper=LORA 'Q|LoRA'
  [ "$(git rev-list --count HEAD)" -eq 4 ]
  grep -F '| [Q\|LoRA](https://x.y/LoRA) | Not read |' README.md
  [ "$(tail -3 runs.md)" = '| 1 | Q\|LoRA, LIMA |
| 2 | [Q\|LoRA](README.md) |
| 3 | LIMA |' ]
  is_clean
  rowmark check -q
  rowmark undo -q
  git diff --exit-code HEAD~2 HEAD
}

@test "one list of many columns" {
  fresh
  printf '<!-- rowmark: m; Go, Rust: status = - < + -->\n\n|K|Go|Rust|\n|-|-|-|\n|a|-|+|\n|b|+|+|\n' | commit_file a.md
  rowmark rename -q Go=+ yes
  [ "$(cat a.md)" = $'<!-- rowmark: m; Go, Rust: status = - < yes -->\n\n|K|Go|Rust|\n|-|-|-|\n|a|-|yes|\n|b|yes|yes|' ]
  is_clean
}

@test "what cannot be is refused, and nothing is written" {
  lists
  refuse() { # words, command...
    local words=$1
    shift
    run rowmark rename "$@"
    [ "$status" -eq 2 ] && [[ $output == *"$words"* ]] || { echo "$* ($status): $output"; return 1; }
    [ -z "$(git status --porcelain)" ]
  }
  refuse "there is a row 'lora' already" Paper=LIMA lora
  refuse "'Read' is a value of 'Status' already" Status=Reading read
  refuse "no cell of 'Status' holds 'Raeding'" Status=Raeding x
  refuse "no table has a column 'Foo'" Foo=a b
  refuse 'wanted COLUMN=OLD' Reading Read
  refuse 'NEW is empty' Status=Reading ''
  refuse 'a declaration cannot hold it' Status=Reading 'a"b'
  printf '| New | Reading |\n' >x
  sed -i '/^| Foo/r x' README.md && rm x
  run rowmark rename Paper=New Newer
  [ "$status" -eq 2 ] && [[ $output == *"HEAD: README.md does not hold 'New'"* ]]
  rowmark rename -q --no-commit Paper=New Newer
  grep -F '| Newer' README.md
}

@test "what the cells hold is offered, and a row's name alone is explained" {
  fresh
  printf '# L\n\n| P | Status |\n|---|---|\n| LIMA | Todo |\n| b | ✅ Yes |\n' | commit_file a.md
  expect 2 rowmark rename Status=Nope No <<'OUT'
rowmark: no cell of 'Status' holds 'Nope'
hint: there are 'Todo', '✅ Yes'
OUT
  expect 2 rowmark rename lima LoRA <<'OUT'
rowmark: rename: 'lima': wanted COLUMN=OLD
hint: rowmark rename 'P=lima' 'LoRA' renames that row
OUT
}
