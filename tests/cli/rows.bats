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
