# rowmark rows: tables, rows and changes as JSON lines, of one repository or of many.

load common

version() {
  git add -A
  GIT_AUTHOR_DATE="$1T12:00:00+0000" GIT_COMMITTER_DATE="$1T12:00:00+0000" git commit -q -m "$1"
}

papers() {
  fresh
  printf '# Papers\n\n| Paper | Read | Read |\n|---|---|---|\n| [LIMA](https://e.org/l) | no | a "b" |\n| LoRA | no | |\n' >README.md
  version 2024-01-01
  sed -i '/LoRA/s/| no/| yes/' README.md
  version 2024-02-01
}

@test "tables, rows, changes; each line fits the schema" {
  papers
  rowmark rows --history --as p >"$HOME/rows"
  jq -ec 'select(.type == "table") | [.repository, .table, .rows, .key, .columns]' "$HOME/rows" |
    diff - <(echo '["p","README.md#papers",2,"Paper",["Paper","Read","Read-1"]]')
  jq -ec 'select(.type == "row") | [.line, .key, .cells, .links]' "$HOME/rows" | diff - /dev/fd/3 3<<'OUT'
[5,"LIMA",{"Paper":"LIMA","Read":"no","Read-1":"a \"b\""},[{"column":"Paper","label":"LIMA","url":"https://e.org/l"}]]
[6,"LoRA",{"Paper":"LoRA","Read":"yes","Read-1":""},[]]
OUT
  jq -ec 'select(.type == "change") | [.date, .table, .key, .kind, .column, .old, .new]' "$HOME/rows" | diff - /dev/fd/3 3<<'OUT'
["2024-02-01","README.md#papers","LoRA","set","Read","no","yes"]
["2024-01-01","README.md#papers","LIMA","added",null,null,null]
["2024-01-01","README.md#papers","LoRA","added",null,null,null]
OUT
  sed 's/^/rows\t/' "$HOME/rows" | "$TOP/tests/cli/valid_json" || [ $? -eq 77 ]
}

@test "classes and counts are those of summary" {
  papers
  [ "$(rowmark rows | jq -r 'select(.class == "done") | .key')" = LoRA ]
  [ "$(rowmark rows | jq -s 'map(select(.class == "done")) | length')" -eq \
    "$(rowmark summary --json | jq '[.. | .done? | numbers] | max')" ]
}

@test "--since a commit or a day" {
  papers
  [ "$(rowmark rows --since HEAD~1 | jq -rc 'select(.type == "change") | .key')" = LoRA ]
  [ "$(rowmark rows --since 2024-01-15 | jq -rc 'select(.type == "change") | .key')" = LoRA ]
  run rowmark rows --since nowhere
  [ "$status" -eq 2 ] && [[ $output == *"no commit and no day"* ]]
}

@test "many at once: in their order, bare ones too, and a broken one is a line" {
  papers
  git config --global safe.bareRepository all
  cd ..
  git clone -q --bare "$OLDPWD" bare.git
  mkdir broken && echo 'gitdir: nowhere' >broken/.git && echo '| a |' >broken/a.md
  status=0
  rowmark rows "$OLDPWD" nothing bare.git broken --history >rows 2>said || status=$?
  [ "$status" -eq 2 ]
  [ "$(jq -r .repository rows | uniq)" = "$(printf '%s\n' "$OLDPWD" bare.git)" ]
  diff <(jq -c 'select(.repository == "bare.git") | del(.repository)' rows) \
    <(cd "$OLDPWD" && rowmark rows --history | jq -c 'del(.repository)')
  grep -q "nothing: cannot be read" said
  grep -q broken said
}

@test "what the environment says of one repository is not said of those that are named" {
  git init -q one
  printf '| Paper | Status |\n|---|---|\n| LIMA | Todo |\n' >one/a.md
  git -C one add a.md && git -C one commit -q -m a
  rowmark rows one --history >plain
  [ "$(grep -c '"type":"change"' plain)" -eq 1 ]
  mkdir none
  GIT_OBJECT_DIRECTORY=$PWD/none rowmark rows one --history | diff plain -
  GIT_COMMON_DIR=$PWD/none rowmark rows one --history | diff plain -
}

@test "--where: a part of a link where no text has it, a value by its word, the column without a name" {
  fresh
  printf '# L\n\n| Paper | Link | Status | |\n|---|---|---|---|\n' >a.md
  printf '| %s | [Link](https://x.y/%s) | %s | %s |\n' a 2305.1 '🟡 Partial' new b 2305.2 '✅ Done' old c 2401.3 '🟡 Partial' old >>a.md
  git add a.md && git commit -qm a
  names() { rowmark show --format csv --columns Paper a.md "$@" | tail -n +2 | paste -sd ' '; }
  [ "$(names --where 'Link~2305')" = 'a b' ]
  [ "$(names --where 'Link~link')" = 'a b c' ] # its text has it
  [ "$(names --where 'Status=partial')" = 'a c' ]
  [ "$(names --where 'Status!=partial')" = b ]
  [ "$(names --where '=old')" = 'b c' ]
  [ "$(names --where '!=old')" = a ]
  rowmark set -q --where 'Link~2305' 'done'
  [ "$(names --where 'Status=done')" = 'a b' ]
  rowmark rename -q '=old' older
  [ "$(names --where '=older')" = 'b c' ]
}

@test "show --where leaves out tables in which nothing fits" {
  fresh
  printf '# A\n\n| P | S |\n|---|---|\n| a | x |\n\n# B\n\n| P | S |\n|---|---|\n| b | y |\n' | commit_file a.md
  expect 0 rowmark show --where S=y <<'OUT'
a.md#b
P  S
b  y
OUT
  expect 0 rowmark show --where S=z <<'OUT'
rowmark: note: no such row in 2 tables
OUT
}

@test "a part of a name is called a guess, once; a note on a value is said once for all rows" {
  fresh
  printf '# L\n\n| P | Status |\n|---|---|\n| café | todo |\n| bar | todo |\n| foo | doing |\n' | commit_file a.md
  rowmark 'done' -n c 2>"$HOME/said" >/dev/null
  grep -qx "rowmark: note: no row is called 'c'; it is a part of 'café'" "$HOME/said"
  rowmark 'done' -n bar CAFÉ 2>"$HOME/said" >/dev/null
  (! grep 'no row is called' "$HOME/said")
  rowmark set -n bar foo Skimmed 2>"$HOME/said" >/dev/null
  [ "$(grep -c "'Skimmed' is new" "$HOME/said")" -eq 1 ]
}

@test "a paragraph is no part of a commit's subject" {
  fresh
  printf '# L\n\n| P | Note |\n|---|---|\n| a | x |\n' | commit_file a.md
  long=$(printf 'words and ways %.0s' $(seq 30))
  rowmark set -q a "${long% }" -c Note
  [ "$(git log -1 --format=%s)" = 'a: x -> words and ways words and ways words and ways words and ways...' ]
  grep -qF "${long% }" a.md
}
