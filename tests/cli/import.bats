# import: rows from CSV, TSV and JSON lines.

load common

@test "what was exported changes nothing, in every format" {
  reading_list
  for f in csv tsv jsonl; do
    expect 0 bash -c "rowmark show --format $f | rowmark import - --format $f" <<'OUT'
README.md#papers  unchanged, 13 rows
OUT
  done
  [ "$(git rev-list --count HEAD)" -eq 1 ]
  is_clean
}

@test "cells are set, rows are added, in one commit; twice is no change; undo" {
  reading_list
  printf '\xef\xbb\xbfPaper;Read or Not;Why it matters\r\nLIMA;reading;"a|b\r\nc *d* e"\r\nGopher;Not read;x\r\n' >x.csv
  rowmark import -n x.csv >shown
  [ -z "$(git status --porcelain README.md)" ]
  expect 0 rowmark import x.csv <<'OUT'
README.md#papers  LIMA
  Read or Not: Not read -> Reading
  Why it matters: Quality before quantity -> a|b c *d* e
README.md#papers  added Gopher
[main 7a26092] Import x.csv into README.md#papers
OUT
  git diff HEAD~1 HEAD | masked | diff <(masked <shown) -
  grep -F '| a\|b<br>c \*d\* e |' README.md
  grep -F '|Gopher|| x ||Not read|' README.md
  rm shown
  expect 0 rowmark import x.csv <<'OUT'
README.md#papers  unchanged, 2 rows
OUT
  rm x.csv
  is_clean
  rowmark undo -q
  git diff --exit-code HEAD~2 HEAD
}

@test "a link is changed where the column is one, and said where it goes" {
  reading_list
  rowmark set -q LIMA '[Quality](https://q.org)' -c Why
  printf '{"Paper": "LIMA", "Link": "https://z.org/1", "Why it matters": "Much"}\n{"Paper": "Zero", "Link": null}\n' >x.jsonl
  run rowmark import x.jsonl
  [ "$status" -eq 0 ]
  [[ $output == *'a link goes with the old value: [Quality](https://q.org)'* ]]
  [[ $output == *'Link: [Link](https://arxiv.org/abs/2305.11206) -> [Link](https://z.org/1)'* ]]
  [[ $output == *'added Zero'* ]]
}

@test "UTF-16 with a BOM, and an encoding that is named" {
  reading_list
  printf 'Paper\tRead or Not\nLIMA\tRead\n' | iconv -t UTF-16 >x.tsv
  rowmark import -q x.tsv
  rowmark show lima --format csv --columns 'Read or Not' | grep -x Read
  printf 'Paper\nM\xe4r\n' >l.csv
  run rowmark import l.csv
  [ "$status" -eq 2 ] && [[ $output == *'byte 8 is not UTF-8'* ]]
  rowmark import -q l.csv --encoding LATIN1
  rowmark show -q 'Mär'
}

@test "the table with these columns is the one; --map names others" {
  reading_list
  printf '| Talk | Seen |\n|---|---|\n| A | no |\n' | commit_file talks.md
  printf 'Talk,Seen\nB,no\n' | rowmark import -q - --format csv
  printf 'Title,Seen,Year\nC,no,1\n' >t.csv
  run rowmark import t.csv talks.md
  [ "$status" -eq 2 ] && [[ $output == *"has no column 'Title', only 'Talk', 'Seen'"* ]]
  rowmark import -q t.csv talks.md --map Title=Talk --map Year=
  [ "$(tail -2 talks.md)" = $'| B | no |\n| C | no |' ]
}

@test "what is not read is said" {
  reading_list
  printf 'Paper\nLI"MA\n' >q.csv
  printf 'Paper,Read or Not\nLIMA,Raed\n' >s.csv
  says() { # words, arguments...
    local words=$1
    shift
    run rowmark import "$@"
    [ "$status" -eq 2 ] && [[ $output == *"$words"* ]] || { echo "$* ($status): $output"; return 1; }
  }
  says 'BibTeX is not read' a.bib
  says 'one object a line' a.json
  says 'what is in standard input?' -
  says 'its quotes do not pair' q.csv
  says "did you mean 'Read'" s.csv
  says 'cannot open' none.csv
  says 'its name does not say' README.md
  [ "$(git rev-list --count HEAD)" -eq 1 ]
}

@test "a line break goes out as one and comes in as one" {
  fresh
  printf '# L\n\n| P | Note |\n|---|---|\n| a | one<br>two<br/><BR />four |\n| b | `<br>` and 1 < 2 |\n' | commit_file a.md
  rowmark show --format csv a.md | diff - <(printf 'P,Note\na,"one\ntwo\n\nfour"\nb,<br> and 1 < 2\n')
  [ "$(rowmark show --json a.md a | jq -r '.rows[0].Note')" = "$(printf 'one\ntwo\n\nfour')" ]
  for f in csv tsv json jsonl; do
    rowmark show --format "$f" a.md >"$HOME/x.$f"
    [ "$f" = json ] || rowmark import -q "$HOME/x.$f"
  done
  is_clean
  printf '# M\n\n| P | Note |\n|---|---|\n' | commit_file b.md
  rowmark import -q "$HOME/x.csv" b.md
  grep -qxF '| a | one<br>two<br><br>four |' b.md
}

@test "records of one key are the rows that show them, in whatever order; the one that was changed is what is left" {
  fresh
  printf '%s\n' '| Name | Role | Link | Status |' '|--|--|--|--|' \
    '| N | A | [Apply](https://a.org) | todo |' '| N | B | [Apply](https://b.org) | todo |' \
    '| M | C | [Apply](https://c.org) | todo |' '| N | D | - | done |' >a.md
  git add a.md
  git commit -qm a
  rowmark show --format csv >x.csv
  { head -1 x.csv; tail -n +2 x.csv | sort -r; } >y.csv
  [ "$(rowmark import y.csv)" = 'a.md#1  unchanged, 4 rows' ]
  sed -i '/,B,/s/todo/done/; /,C,/d' y.csv
  run rowmark import y.csv
  [ "$status" -eq 0 ]
  [[ $output = *'note: 1 row of a.md#1 is not among the records, and stays'* ]]
  [ "$(git diff HEAD~1 -- a.md | grep '^[-+]|')" = "$(printf '%s\n' \
    '-| N | B | [Apply](https://b.org) | todo |' '+| N | B | [Apply](https://b.org) | done |')" ]
}

@test "where there is no table, it is said what makes one of the records' columns" {
  fresh
  printf 'Name,State\na,todo\nb,doing\n' >m.csv
  expect 2 rowmark import m.csv r.md <<'OUT'
rowmark: r.md: cannot open: No such file or directory
hint: rowmark new r.md 'Name' 'State' makes a table for it
OUT
  rowmark new -q r.md Name State
  rowmark import -q m.csv
}
