# Nothing printed in the documents goes unrun: the examples of every command, and the
# console blocks of the README, run in a throw-away copy of examples/reading-list.
#
# tests/cli/examples/CMD.txt holds what the examples of CMD print, whole. After a wished
# change: UPDATE=1 bats tests/cli/examples.bats, and read the diff.

load common

commands() {
  rowmark help | sed -n 's/^[A-Z ][a-z ]\{9\}\([a-z][a-z-]*\)  *[A-Z].*/\1/p'
}

play() {
  "$TOP/tests/cli/console" play
}

@test "every command has examples, and they print what is kept" {
  local cmd kept bad=0
  for cmd in $(commands); do
    kept=$TOP/tests/cli/examples/$cmd.txt
    rm -rf "$HOME/repo"
    cd "$HOME" && reading_list
    rowmark help --examples "$cmd" | sed 's/^/$ /' | play >"$HOME/got" || { cat "$HOME/got"; return 1; }
    [ -z "${UPDATE-}" ] || cp "$HOME/got" "$kept"
    [ -s "$HOME/got" ] || { echo "$cmd: no examples"; bad=1; }
    diff -u <(masked <"$kept") <(masked <"$HOME/got") || bad=1
  done
  [ "$bad" -eq 0 ]
}

@test "no transcript is kept of a command that is gone" {
  cd "$TOP/tests/cli/examples"
  for kept in *.txt; do
    commands | grep -qx "${kept%.txt}" || { echo "$kept"; return 1; }
  done
}

@test "the README's console blocks print what they say" {
  "$TOP/tests/cli/console" blocks "$TOP/README.md" >"$HOME/want" || skip "no README yet"
  reading_list
  play <"$HOME/want" | sed "s/by the 'recursive' strategy/by the 'ort' strategy/" >"$HOME/got" # git before 2.34
  diff -u <(masked <"$HOME/want") <(masked <"$HOME/got")
}
