# A command that is killed, or whose system calls fail, loses nothing: tests/faults/run
# tries the points one by one and prints what came of each.

load common

@test "killed or failing at every point that writes: nothing lost, and the same command finishes" {
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
  "$TOP/tests/faults/run" >"$HOME/table" 2>&1 || { cat "$HOME/table"; return 1; }
  if grep -q '^skipped' "$HOME/table"; then skip "$(cat "$HOME/table")"; fi
  grep -E '^[0-9]+ points, 0 losses$' "$HOME/table"
  [ "$(grep -oE '^[0-9]+ points' "$HOME/table" | cut -d' ' -f1)" -ge 200 ]
  # Both sides of the commit were met, and both ways of writing the file.
  grep -q 'set killed, committed: no, file written: no' "$HOME/table"
  grep -q 'set killed, committed: no, file written: yes' "$HOME/table"
  grep -q 'set killed, committed: yes, file written: yes' "$HOME/table"
  grep -q 'set killed with a hook, committed: no, file written: yes' "$HOME/table"
}

@test "commands that write, ended by signals or failing, in a dirty list with hooks" {
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
  "$TOP/tests/faults/commands" --every 60 -s dirty --hooks yes -c set -c sql -c adopt -c fmt >"$HOME/table" 2>&1 || { cat "$HOME/table"; return 1; }
  if grep -q '^skipped' "$HOME/table"; then skip "$(cat "$HOME/table")"; fi
  grep -E '^[0-9]+ points, 0 bad$' "$HOME/table"
}

@test "the merge driver, ended or failing where git calls it, loses no line" {
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
  "$TOP/tests/faults/driver" --every 80 merge >"$HOME/table" 2>&1 || { cat "$HOME/table"; return 1; }
  if grep -q '^skipped' "$HOME/table"; then skip "$(cat "$HOME/table")"; fi
  grep -E '^[0-9]+ points, 0 bad$' "$HOME/table"
}
