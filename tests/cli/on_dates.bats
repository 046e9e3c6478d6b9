# Dates that come with a status, where they are declared.

load common

dated() {
  fresh
  commit_file a.md <<'IN'
<!-- rowmark: p
K: key
S: status = new < begun < read, closed = lost
Started: date, on doing
Finished: date, on done
Lost: date, on closed
-->

| K | S | Started | Finished | Lost |
|---|---|---|---|---|
| a | new | | | |
| b | begun | 2025-01-01 | | |
| c | read | 2025-01-01 | | |
IN
}

@test "a row that is begun, done or closed gets its day, in one commit with its status" {
  dated
  expect 0 rowmark start a <<'OUT'
a.md#p  a
  S: new -> begun
  Started: (empty) -> 2026-01-03
[main 6f4d95e] a: new -> begun
OUT
  rowmark done -q a
  rowmark done -q b
  rowmark set -q b lost
  rowmark done -q c
  rowmark add -q d S=begun
  [ "$(tail -4 a.md)" = '| a | read | 2026-01-03 | 2026-01-03 | |
| b | lost | 2025-01-01 | 2026-01-03 | 2026-01-03 |
| c | read | 2025-01-01 | | |
| d | begun | 2026-01-03 | | |' ]
  is_clean
  rowmark undo -q
  for _ in 1 2 3 4; do rowmark undo -q; done
  git diff --exit-code "$(git rev-list --max-parents=0 HEAD)"
}

@test "what is typed goes before, and what a cell holds stays" {
  dated
  printf '{"row":"a","value":"read"}\n{"row":"a","column":"Finished","value":"2020-02-02"}\n' | rowmark set -q --batch
  rowmark set -q b new
  rowmark start -q b
  rowmark show --format csv --columns K,Started,Finished -n 2 | diff - <(printf 'K,Started,Finished\na,,2020-02-02\nb,2025-01-01,\n')
}

@test "the declaration is read back as it is, and said where it is wrong" {
  dated
  rowmark schema show | grep -F 'date, on done'
  printf '<!-- rowmark: p; K: on done; L: date, on monday -->\n\n|K|L|\n|-|-|\n' >b.md
  run rowmark check b.md
  [[ $output == *"on needs 'date'"* && $output == *"on needs doing, done or closed"* ]]
}

@test "SQL writes them too: of a status that an UPDATE or an INSERT sets" {
  dated
  rowmark sql -q "UPDATE p SET S = 'begun' WHERE K = 'a'; UPDATE p SET S = 'read', Finished = '2020-02-02' WHERE K = 'b'; INSERT INTO p (K, S) VALUES ('d', 'read')"
  [ "$(tail -4 a.md)" = '| a | begun | 2026-01-03 | | |
| b | read | 2025-01-01 | 2020-02-02 | |
| c | read | 2025-01-01 | | |
| d | read | | 2026-01-03 | |' ]
  is_clean
  # What changes no status gets no date.
  rowmark sql -q "UPDATE p SET K = 'aa' WHERE K = 'a'; UPDATE p SET S = 'read' WHERE K = 'c'"
  grep -qxF '| c | read | 2025-01-01 | | |' a.md
}

@test "an import writes them too, but in columns that the records have" {
  dated
  printf 'K,S\na,read\nd,begun\n' >../in.csv
  rowmark import -q ../in.csv a.md
  [ "$(sed -n '/^| a /p; /^| d /p' a.md)" = '| a | read | | 2026-01-03 | |
| d | begun | 2026-01-03 | | |' ]
  expect 0 rowmark import ../in.csv a.md <<'OUT'
a.md#p  unchanged, 2 rows
OUT
  printf 'K,S,Finished\nb,read,\ne,read,\nf,read,2025-12-24\n' >../in.csv
  rowmark import -q ../in.csv a.md
  [ "$(sed -n '/^| [bef] /p' a.md)" = '| b | read | 2025-01-01 | | |
| e | read | | | |
| f | read | | 2025-12-24 | |' ]
  expect 0 rowmark import ../in.csv a.md <<'OUT'
a.md#p  unchanged, 3 rows
OUT
}

@test "a date that outlives its status is said, and so is one that is kept when it is so again" {
  dated
  rowmark done -q a
  rowmark set a new 2>&1 >/dev/null | diff - <(echo "rowmark: note: a.md:11: 'Finished' keeps 2026-01-03")
  rowmark done a 2>&1 >/dev/null | diff - <(echo "rowmark: note: a.md:11: 'Finished' keeps 2026-01-03")
  [ -z "$(rowmark set -q a new 2>&1)" ]
  rowmark done b 2>&1 >/dev/null | (! grep .) # it goes on from where it was begun
}
