# rowmark summary: how far tables are, for people, pages and programs.

load common

@test "one table" {
  reading_list
  expect 0 rowmark summary <<'OUT'
README.md#papers  2 of 13  ██▍░░░░░░░░░░░░░   15 %  Not Read 10 · Reading 1 · Read 2
  one status in 2 spellings: Not read 3, Not Read 7
OUT
}

@test "a locale that is not UTF-8 gets ASCII" {
  reading_list
  LC_ALL=C expect 0 rowmark summary <<'OUT'
README.md#papers  2 of 13  ##..............   15 %  Not Read 10, Reading 1, Read 2
  one status in 2 spellings: Not read 3, Not Read 7
OUT
}

@test "several files have a total, grouped by a column" {
  fresh
  printf '# A\n\n| x | Kind | Done |\n|---|---|---|\n| 1 | 漢字 | yes |\n| 2 | b | no |\n' | commit_file a.md
  printf '# B\n\n| x | Kind | Done |\n|---|---|---|\n| 1 | 🚧 | no |\n' | commit_file b.md
  expect 0 rowmark summary --by kind <<'OUT'
a.md#a  1 of 2  ████████░░░░░░░░   50 %  no 1 · yes 1
  漢字  1 of 1  ████████████████  100 %  yes 1
  b     0 of 1  ░░░░░░░░░░░░░░░░    0 %  no 1
b.md#b  0 of 1  ░░░░░░░░░░░░░░░░    0 %  no 1
  🚧    0 of 1  ░░░░░░░░░░░░░░░░    0 %  no 1
total   1 of 3  █████▎░░░░░░░░░░   33 %  no 2 · yes 1
OUT
}

@test "a matrix, the index and a commit" {
  fresh
  printf '# M\n\n| f | Go | Rust |\n|---|---|---|\n| a | ✅ | ❌ |\n' | commit_file m.md
  sed -i 's/❌/✅/' m.md
  expect 0 rowmark summary m.md <<'OUT'
m.md#m  2 of 2  ████████████████  100 %  ✅ 2
  Go    1 of 1  ████████████████  100 %  ✅ 1
  Rust  1 of 1  ████████████████  100 %  ✅ 1
OUT
  expect 0 rowmark summary :m.md HEAD:m.md -c rust <<'OUT'
:m.md#m      0 of 1  ░░░░░░░░░░░░░░░░    0 %  ❌ 1
HEAD:m.md#m  0 of 1  ░░░░░░░░░░░░░░░░    0 %  ❌ 1
total        0 of 2  ░░░░░░░░░░░░░░░░    0 %  ❌ 2
OUT
}

@test "no status column, and one that is named" {
  fresh
  printf '# A\n\n| x | Solution |\n|---|---|\n| 1 | Go |\n| 2 | |\n' | commit_file a.md
  expect 2 rowmark summary <<'OUT'
rowmark: no table here has a status column
hint: -c COLUMN counts the values of a column
OUT
  expect 0 rowmark summary -c solution --done go <<'OUT'
a.md#a  1 of 2  ████████░░░░░░░░   50 %  Go 1 · empty 1
OUT
  run rowmark summary -c solutoin
  [ "$status" -eq 2 ]
  [[ $output == *"no column 'solutoin'"* ]]
}

@test "nothing to count in" {
  fresh
  expect 0 rowmark summary <<'OUT'
rowmark: no table here
OUT
}

@test "data formats are what they say" {
  reading_list
  [ "$(rowmark summary --json | jq -c '[.version, .total.done, .total.total, .tables[0].values[0].count]')" = '[1,2,13,10]' ]
  [ "$(rowmark summary --format shields --label papers | jq -c .)" = \
    '{"schemaVersion":1,"label":"papers","message":"2 of 13","color":"orange"}' ]
  rowmark summary --format svg | xmllint --noout -
  rowmark summary --format csv | sed -n 2p | grep -q '^README.md#papers,Read or Not,,13,10,1,2,0,0,15,'
  [ "$(rowmark summary --format mermaid | head -n 1)" = 'pie showData' ]
  rowmark summary --format md | grep -qF '| [README.md\#papers](README.md#papers) | 2 of 13 |'
}

@test "a shield's colour is its percentage" {
  local done
  for done in 0:lightgrey 1:orange 25:yellow 50:yellowgreen 99:green 100:brightgreen; do
    { printf '| A | Status |\n|---|---|\n'
      for ((i = 0; i < 100; i++)); do
        [ "$i" -lt "${done%:*}" ] && echo "| $i | done |" || echo "| $i | todo |"
      done; } >shield.md
    [ "$(rowmark summary --format shields shield.md | jq -r .color)" = "${done#*:}" ]
  done
}

@test "rowmark alone sums up" {
  reading_list
  run rowmark
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == 'README.md#papers  2 of 13 '* ]]
}

@test "on a narrow screen a group keeps its beginning, an address its end" {
  fresh
  mkdir -p a/folder/with/a/long/name
  printf '# T\n\n| K | Status | Area |\n|---|---|---|\n| x | done | Beginning of a name that is far too long to be shown whole |\n' \
    >a/folder/with/a/long/name/list.md
  run env COLUMNS=60 rowmark summary --by Area
  [[ ${lines[0]} == …*list.md#t* ]]
  [[ ${lines[1]} == '  Beginning of'*…* ]]
}

@test "where no file is named tables of one status column come first; a file that is named, in its order" {
  fresh
  printf '## Matrix\n\n| Feature | Linux | macOS |\n|---|---|---|\n| a | ✅ | ❌ |\n| b | ✅ | ✅ |\n\n' >README.md
  printf '## Papers\n\n| Paper | Status |\n|---|---|\n| LIMA | Read |\n| LoRA | Not read |\n' >>README.md
  [ "$(rowmark summary | cut -d ' ' -f 1-3 | tr -s ' ' | paste -sd ,)" = 'README.md#papers 1,README.md#matrix 3, Linux, macOS,total ' ]
  [ "$(rowmark | head -n 1)" = "$(rowmark summary | head -n 1)" ]
  rowmark summary README.md | head -n 1 | grep -q '^README.md#matrix'
  rowmark report -o page.html
  [ "$(grep -o '<h2 id="table-[0-9]">' page.html | tr -dc '0-9\n' | paste -sd ,)" = 22,21 ]
  sed -i '1i ## Names\n\n| Name | Born |\n|---|---|\n| Ada | 1815 |\n' README.md
  rowmark report -o page.html
  [ "$(grep -o '<h2 id="table-[0-9]">' page.html | tr -dc '0-9\n' | paste -sd ,)" = 23,22,21 ]
}
