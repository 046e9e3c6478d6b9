# Real merges, done again: the whole table is tests/peers/merges.

load common

@test "real merges: no row lost, doubled or mixed, and as people committed them" {
  run python3 "$TOP/tests/peers/merges" --first 25 "$ROWMARK"
  echo "$output"
  [[ "$output" != skipped* ]] || skip "$output"
  [ "$status" -eq 0 ]
  [[ "$output" == *"0 with a row lost, doubled or mixed"* ]]
}
