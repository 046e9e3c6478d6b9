# show: a table in every format, and a row as a card.

bats_require_minimum_version 1.5.0
load common

small() {
  fresh
  commit_file t.md <<'MD'
## Things

| Name | N | Link | Status |
|:-----|--:|:----:|--------|
| **b** | 10 | [see](https://example.org/b?x=1&y=2) | Done |
| a \| c | 9 | | Todo |
| é, "q" | x | <https://example.org> | Doing |
| d |
MD
}

@test "text" {
  small
  expect 0 rowmark show <<'OUT'
Name     N  Link                 Status
b       10  see                  Done
a | c    9                       Todo
é, "q"   x  https://example.org  Doing
d
OUT
}

@test "text is cut to the terminal" {
  reading_list
  COLUMNS=60 expect 0 rowmark show -n 3 <<'OUT'
Paper        What it says   Why it matte…  Link  Read or Not
Transformer  Attention al…  Everything b…  Link  Read
BERT         Pre-training…  Made pre-tra…  Link  Read
GPT-3        A model of 1…  Prompts inst…  Link  Reading
OUT
}

@test "Markdown, as it is written" {
  small
  expect 0 rowmark show --format md <<'OUT'
| Name   |   N | Link                                 | Status |
| :----- | --: | :----------------------------------: | ------ |
| **b**  |  10 | [see](https://example.org/b?x=1&y=2) | Done   |
| a \| c |   9 |                                      | Todo   |
| é, "q" |   x | <https://example.org>                | Doing  |
| d      |     |                                      |        |
OUT
  # What comes out is a table again, with the same content.
  rowmark show --format md | rowmark show --format jsonl - >"$HOME/again"
  rowmark show --format jsonl | cmp - "$HOME/again"
}

@test "CSV and TSV" {
  small
  expect 0 rowmark show --format csv <<'OUT'
Name,N,Link,Status
b,10,see,Done
a | c,9,,Todo
"é, ""q""",x,https://example.org,Doing
d,,,
OUT
  expect 0 rowmark show --columns Link --format csv <<'OUT'
Link
see
""
https://example.org
""
OUT
  expect 0 rowmark show --format tsv <<'OUT'
Name	N	Link	Status
b	10	see	Done
a | c	9		Todo
é, "q"	x	https://example.org	Doing
d			
OUT
}

@test "JSON and JSON lines" {
  small
  expect 0 as_json rowmark show --json -n 2 <<'OUT'
{
  "address": "t.md#things",
  "columns": [
    "Name",
    "N",
    "Link",
    "Status"
  ],
  "key": "Name",
  "lines": [
    5,
    6
  ],
  "rows": [
    {
      "Link": "https://example.org/b?x=1&y=2",
      "N": "10",
      "Name": "b",
      "Status": "Done"
    },
    {
      "Link": "",
      "N": "9",
      "Name": "a | c",
      "Status": "Todo"
    }
  ],
  "status": [
    "Status"
  ],
  "version": 1
}
OUT
  expect 0 rowmark show --format jsonl <<'OUT'
{"Name":"b","N":"10","Link":"see","Status":"Done"}
{"Name":"a | c","N":"9","Link":"","Status":"Todo"}
{"Name":"é, \"q\"","N":"x","Link":"https://example.org","Status":"Doing"}
{"Name":"d","N":"","Link":"","Status":""}
OUT
}

@test "HTML, escaped" {
  small
  expect 0 rowmark show --format html --columns 'name,n' -n 2 <<'OUT'
<table>
<thead>
<tr>
<th align="left">Name</th>
<th align="right">N</th>
</tr>
</thead>
<tbody>
<tr>
<td align="left">b</td>
<td align="right">10</td>
</tr>
<tr>
<td align="left">a | c</td>
<td align="right">9</td>
</tr>
</tbody>
</table>
OUT
}

@test "JSON's names differ where labels do not" {
  printf '| A | A | |\n|---|---|---|\n| 1 | 2 | 3 |\n' >t.md
  expect 0 rowmark show t.md --format jsonl <<'OUT'
{"A":"1","A-1":"2","column-3":"3"}
OUT
}

@test "--columns, --where, --sort, -n" {
  small
  names() { rowmark show --columns Name --format tsv "$@" | tail -n +2 | paste -sd,; }
  [ "$(names --where 'status=done')" = b ]
  [ "$(names --where 'status!=done')" = 'a | c,é, "q",d' ]
  [ "$(names --where 'status~do' --where 'n!=9')" = 'b,é, "q"' ]
  [ "$(names --where 'link=')" = 'a | c,d' ]
  [ "$(names --sort n)" = 'a | c,b,é, "q",d' ]
  [ "$(names --sort -n)" = 'd,é, "q",b,a | c' ]
  [ "$(names --sort status)" = 'a | c,é, "q",b,d' ]
  [ "$(names --sort name -n 2)" = 'a | c,b' ]
  expect 0 rowmark show --columns 'status, NAME' -n 1 <<'OUT'
Status  Name
Done    b
OUT
}

@test "--sort takes for numbers what people do" {
  printf '|K|N|\n|-|-|\n|a|5|\n|b|nan|\n|c|1,234|\n|d|inf|\n|e|#3|\n|f||\n|g|-2.5|\n' >n.md
  [ "$(rowmark show n.md --sort N --columns K --format tsv | tail -n +2 | paste -sd,)" = g,e,a,c,d,b,f ]
}

@test "one row is a card" {
  reading_list
  expect 0 rowmark show lima <<'OUT'
README.md#papers  LINE:19
  Paper           LIMA
  What it says    A 65B model tuned on a thousand careful examples and no reinforcement learning holds up well.
  Why it matters  Quality before quantity
  Link            https://arxiv.org/abs/2305.11206
  Read or Not     Not read
OUT
  COLUMNS=60 expect 0 rowmark show README.md lima --columns 'Paper,What it says' <<'OUT'
README.md#papers  LINE:19
  Paper         LIMA
  What it says  A 65B model tuned on a thousand careful
                examples and no reinforcement learning holds
                up well.
OUT
  # Either order, and by a part of a link.
  expect 0 rowmark show 2305.11206 README.md <<<"$(rowmark show lima)"
}

@test "a row of 5,000 columns is a card too" {
  fresh
  { echo '# T'; echo; printf '|c%s' $(seq 5000); printf '\n'; printf '|-%.0s' $(seq 5000); printf '\n'; printf '|v%s' $(seq 5000); printf '\n'; } >wide.md
  run -0 rowmark show v1 wide.md
  [ "${#lines[@]}" = 5001 ]
  [ "${lines[5000]}" = '  c5000  v5000' ]
}

@test "links: addresses for programs where labels tell nothing, live ones in HTML" {
  reading_list
  expect 0 rowmark show --columns Paper,Link -n 1 --format csv <<'OUT'
Paper,Link
Transformer,https://arxiv.org/abs/1706.03762
OUT
  printf '| A |\n|---|\n| [x](javascript:alert(1)) |\n| [y](docs/y.md) |\n' >t.md
  expect 0 rowmark show t.md --format html <<'OUT'
<table>
<thead>
<tr>
<th>A</th>
</tr>
</thead>
<tbody>
<tr>
<td>x</td>
</tr>
<tr>
<td><a href="docs/y.md">y</a></td>
</tr>
</tbody>
</table>
OUT
  expect 0 rowmark show t.md --format tsv <<'OUT'
A
x
y
OUT
}

@test "one row in another format" {
  small
  expect 0 rowmark show t.md b --format jsonl <<'OUT'
{"Name":"b","N":"10","Link":"https://example.org/b?x=1&y=2","Status":"Done"}
OUT
}

@test "several tables" {
  small
  printf '| X |\n|---|\n| 1 |\n' | commit_file u.md
  expect 0 rowmark show <<'OUT'
t.md#things
Name     N  Link                 Status
b       10  see                  Done
a | c    9                       Todo
é, "q"   x  https://example.org  Doing
d

u.md#1
X
1
OUT
  expect 2 rowmark show --json <<'OUT'
rowmark: which table? There are 2:
  t.md#things
  u.md#1
hint: name one with -f FILE#TABLE
{"version":1,"error":{"code":"ambiguous","message":"which table? There are 2:","hint":"name one with -f FILE#TABLE","candidates":[{"address":"t.md#things"},{"address":"u.md#1"}]}}
OUT
}

@test "no file can steer the terminal" {
  printf '| A |\n|---|\n| x\033[31my\007 |\n' >t.md
  expect 0 rowmark show t.md <<'OUT'
A
x\x1b[31my\x07
OUT
}

@test "a file of a great many tables takes a moment" {
  yes $'|a|\n|-|\n|b|\n' | head -n 800000 >many.md
  [ "$(ulimit -t "${ROWMARK_SAN:+3}8" && "$ROWMARK" next many.md 2>&1 | head -n 1)" = \
    'rowmark: none of 200000 tables has a status column' ]
}

@test "a table of a great many columns of one name takes a moment" {
  for piece in '|a' '|-' '|x'; do
    yes "$piece" | head -n 9000 | tr -d '\n'
    echo
  done >wide.md
  [ "$(ulimit -t 5 && "$ROWMARK" show wide.md --json | jq '.rows[0] | length')" -eq 9000 ]
  [ "$(rowmark show wide.md --json | jq -c '.rows[0] | keys_unsorted[:3]')" = '["a","a-1","a-2"]' ]
  [ "$(ulimit -t 5 && "$ROWMARK" schema export wide.md | jq -c '[.. | .fields? // empty | .[:3][].name]')" = '["a","a_2","a_3"]' ]
}

@test "of several tables those are shown that have the columns" {
  printf '# A\n\n|K|N|\n|-|-|\n|k|1|\n|l|2|\n\n# B\n\n|K|M|\n|-|-|\n|m|1|\n' >t.md
  expect 0 rowmark show t.md --where N=1 --columns K,N <<'OUT'
t.md#a
K  N
k  1
OUT
  expect 0 rowmark show t.md --where M=1 <<'OUT'
t.md#b
K  M
m  1
OUT
  expect 2 rowmark show 't.md#a' --where M=1 <<'OUT'
rowmark: t.md#a: no column 'M'; there are: K, N
OUT
  expect 2 rowmark show t.md --where none=1 <<'OUT'
rowmark: t.md#b: no column 'none'; there are: K, M
OUT
}

@test "a header of great length pads no row; where columns do not fit a terminal that is said" {
  fresh
  printf '| %s | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n' "$(printf 'x%.0s' {1..2000})" >a.md
  rowmark show a.md >out
  [ "$(awk '{ if (length > 100) n++ } END { print n }' out)" -eq 1 ]
  printf '| a |%s\n|---|%s\n| 1 |%s\n' "$(printf ' column %s |' {1..60})" "$(printf -- '---|%.0s' {1..60})" "$(printf ' v%s |' {1..60})" >b.md
  script -qec "stty cols 80; rowmark --no-pager --color=never show b.md" /dev/null </dev/null | tr -d '\r' >out
  [ "$(awk '{ if (length > 82) n++ } END { print n + 0 }' out)" -eq 0 ]
  [ "$(tail -n 1 out)" = '8 of 61 columns; --json and wider terminals show all' ]
  rowmark show b.md | grep -q v60
}

@test "a merge that is not finished is said first by whatever reads the table" {
  fresh
  printf '| K | Status |\n|---|---|\n| a | Todo |\n<<<<<<< HEAD\n| b | Done |\n=======\n| b | Doing |\n>>>>>>> x\n| c | Todo |\n' >m.md
  said='rowmark: m.md:4: a conflict marker stands in the table: the merge is not finished, and rows may be missing or there twice'
  for words in 'show m.md' 'ls m.md' 'summary m.md' 'next m.md' 'sql SELECT(1) m.md'; do
    run -0 --separate-stderr rowmark $words
    [ "$stderr" = "$said" ] || { echo "$words: $stderr"; return 1; }
  done
  run -2 --separate-stderr rowmark done c m.md
  [ "${stderr_lines[0]}" = "$said" ]
  # Outside a table they say nothing of it.
  printf '# A\n\n```\n<<<<<<< HEAD\n```\n\n| K | Status |\n|---|---|\n| a | Todo |\n' >m.md
  run -0 --separate-stderr rowmark ls m.md
  [ -z "$stderr" ]
}

@test "links by reference are links, whatever reads them" {
  fresh
  printf '| Rule | Status |\n|---|---|\n| [plain] | Todo |\n| [`code`] | Todo |\n| [full][f] | Todo |\n| [coll][] | Done |\n\n' >"$HOME/t.md"
  printf '[plain]: https://a.b/1\n[`code`]: https://a.b/2\n[f]: https://a.b/3\n[coll]: <https://a.b/4> "T"\n' >>"$HOME/t.md"
  commit_file t.md <"$HOME/t.md"
  for n in plain:1 code:2 full:3 coll:4; do
    [ "$(BROWSER="echo" rowmark open "${n%:*}")" = "https://a.b/${n#*:}" ]
  done
  [ "$(rowmark show t.md --format csv)" = $'Rule,Status\nplain,Todo\ncode,Todo\nfull,Todo\ncoll,Done' ]
  [ "$(rowmark sql -q 'SELECT Rule, Rule_url FROM "1"' --format csv | tail -n +2)" = $'plain,https://a.b/1\ncode,https://a.b/2\nfull,https://a.b/3\ncoll,https://a.b/4' ]
  rowmark show t.md code | grep -qx ' *https://a.b/2'
  run -0 rowmark 'done' code
  [ "${lines[0]}" = 't.md#1  code' ]
  [ "$(git log -1 --format=%s)" = 'code: Todo -> Done' ]
  grep -qxF '| [`code`] | Done |' t.md
  run -3 rowmark add code t.md
  rowmark show t.md --format csv | sed 's/^full,Todo/full,Done/' >t.csv
  run -0 rowmark import t.csv t.md
  [ "$(git diff HEAD~1 | grep -c '^[-+][^-+]')" -eq 2 ]
}

@test "an address with a pipe is read without the table's backslash, however it is written" {
  fresh
  rowmark new list.md Paper Link 'Status: Todo < Done' -q
  for link in 'http://x.org/a|b' '[x](http://x.org/a|b)' '<http://x.org/a|b>'; do
    rowmark add Name Link="$link" -q
    grep -qF 'a\|b' list.md
    [ "$(BROWSER="echo" rowmark open Name)" = 'http://x.org/a|b' ]
    [ "$(rowmark show --format csv --columns Link | tail -1)" != 'http://x.org/a\|b' ]
    [ "$(rowmark sql --format csv 'select Link_url from list' | tail -1)" = 'http://x.org/a|b' ]
    rowmark show --json 'x.org/a|b' | grep -q '"Name"'
    rowmark rm Name -q
  done
}

@test "--status and --open of one column of a matrix" {
  fresh
  printf '| F | Open | Iron |\n|---|---|---|\n| a | ✅ | 🚧 |\n| b | ✅ | ❌ |\n| c | ✅ | ✅ |\n| d | ❌ | |\n' | commit_file a.md
  [ "$(rowmark show --status doing -c Iron --columns F --format csv | paste -sd ' ')" = 'F a' ]
  [ "$(rowmark show --open -c iron --columns F --format csv | paste -sd ' ')" = 'F a b d' ]
  [ "$(rowmark show --status todo -c Open --columns F --format csv | paste -sd ' ')" = 'F d' ]
  expect 2 rowmark show --status doing -c F <<'OUT'
rowmark: a.md#1: 'F' is no status column
OUT
  expect 2 rowmark show -c Iron <<'OUT'
rowmark: --column says whose status --open or --status means, and neither is given
hint: --columns chooses what is shown, --where the rows
OUT
}
