# Large and hostile input costs in proportion: the short form of `make cost`.

load common

@test "time and memory grow with the text, whatever it is made of" {
  [ -z "${ROWMARK_SAN:-}" ] || skip "sanitizers have costs of their own"
  "$TOP/tests/faults/cost" --short -s 'regions, empty' -s 'regions beside tables' -s 'tables without rows' \
    -s 'findings: not a table' -s 'colliding values' -s 'a row of empty cells' \
    -c 'check full' -c render -c set -c 'sql count' -c report >"$HOME/table" 2>&1 || { cat "$HOME/table"; return 1; }
  grep -E '^30 tried, 0 over$' "$HOME/table"
}
