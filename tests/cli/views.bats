# Views: regions of SQL, of the next rows, and boards.

load common
load repo

plan() {
  fresh
  printf '%s\n' '# Plan' '' '<!-- rowmark: plan; Status: status = Todo < Doing < Done -->' '' \
    '| Task | Status | Owner |' '|---|---|---|' '| parse | Todo | ada |' '| [print](PLAN.md) | Doing | bob |' \
    '| docs | Done | ada |' '' \
    '<!-- rowmark:begin sql "SELECT Owner, count(*) AS ""to do"" FROM plan WHERE Status != '\''Done'\'' GROUP BY Owner ORDER BY Owner" -->' \
    '<!-- rowmark:end -->' '' '<!-- rowmark:begin next n=5 -->' '<!-- rowmark:end -->' '' \
    '<!-- rowmark:begin board by=Status -->' '<!-- rowmark:end -->' | sed 's/""/"/g' | commit_file PLAN.md 'A plan'
}

@test "views are written, refreshed in the same commit, checked, and are no data" {
  plan
  [ "$(rowmark check PLAN.md | grep -c stale-region)" -eq 3 ]
  rowmark render -q
  sed -n '/begin sql/,$p' PLAN.md | grep '^|' >"$HOME/got"
  diff -u - "$HOME/got" <<'OUT'
| Owner | to do |
|---|---|
| ada | 1 |
| bob | 1 |
| Next | Status |
|---|---|
| [print](PLAN.md) | Doing |
| parse | Todo |
| Todo | Doing | Done |
|---|---|---|
| parse | [print](PLAN.md) | docs |
OUT
  rowmark check PLAN.md
  [ "$(rowmark ls --json | jq '.tables | length')" -eq 1 ]
  rowmark set parse done -q -c Status
  [ "$(git rev-list --count HEAD)" -eq 3 ]
  is_clean
  git show HEAD:PLAN.md | grep -q '^| bob | 1 |$'
  git show HEAD:PLAN.md | grep -q '^|  | \[print\](PLAN.md) | parse<br>docs |$'
  [ "$(git show HEAD:PLAN.md | grep -c '^| ada | 1 |$')" -eq 0 ]
  rowmark check PLAN.md
  rowmark render --check
  sed -i 's/^| bob | 1 |$/| bob | 7 |/' PLAN.md
  expect 1 rowmark check PLAN.md <<'OUT'
PLAN.md:11:1: error: the region was changed by hand since it was written; 'rowmark render --force' does it anew [stale-region]
OUT
}

@test "two branches that changed rows: the views of the merged rows" {
  plan
  rowmark render -q
  rowmark install --merge -q && git add . && git commit -qm driver
  git branch theirs
  rowmark done parse -q
  git checkout -q theirs
  rowmark done print -q
  git checkout -q main
  git merge -q -m merged theirs
  rowmark check PLAN.md
  grep -q 'Everything is done' PLAN.md
  grep -q '^|  |  | parse<br>\[print\](PLAN.md)<br>docs |$' PLAN.md
}

# refused WORDS SQL: the view stays as it is, and it is said; a change is made all the same.
stays() {
  printf '%s\n' '<!-- rowmark: plan -->' '| Task | Status |' '|---|---|' '| docs | Todo |' '| code | Todo |' '' \
    "<!-- rowmark:begin sql \"$2\" -->" 'as it was' '<!-- rowmark:end -->' | commit_file v.md
  rowmark done docs v.md >"$HOME/out" 2>"$HOME/err"
  grep -qF -- "$1" "$HOME/err" || { echo "$2"; cat "$HOME/err"; return 1; }
  grep -q 'the region stays as it is' "$HOME/err"
  grep -q '^as it was$' v.md
  git show HEAD:v.md | grep -q '| docs | Done |'
  rowmark check v.md | grep -q 'v.md:7:1: error: .*stale-region' || return 1
}

@test "a hostile view costs its budget at most, and is said" {
  fresh
  printf '| docs | Todo |\n' >other.md
  stays 'more than 2000000 steps' 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c'
  stays 'at most 1000 rows' 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c LIMIT 2000) SELECT x FROM c ORDER BY x'
  stays 'string or blob too big' 'SELECT hex(zeroblob(100000000))'
  stays 'no such table: other' 'SELECT * FROM other'
  stays 'ATTACH' "ATTACH 'x.db' AS x"
  stays 'no such function: readfile' "SELECT readfile('/etc/passwd')"
  stays 'time or chance' "SELECT date('now')"
  stays 'time or chance' 'SELECT random()'
  stays 'time or chance' 'SELECT current_timestamp'
  stays 'need ORDER BY' 'SELECT Task FROM plan'
  stays 'need ORDER BY' "SELECT 'order by', (SELECT Task FROM plan ORDER BY Task) FROM plan -- ORDER BY 1"
  stays 'a view is a SELECT' 'DELETE FROM plan'
  stays 'a view is one statement' 'SELECT 1; SELECT 2'
  stays 'no such column' 'SELECT frob FROM plan'
}
