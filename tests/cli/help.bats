# Help is made from the commands' tables: it must be there, and be right, for each.

load common

commands() {
  rowmark help | sed -n 's/^  \([a-z][a-z-]*\)  *[A-Z].*/\1/p'
}

@test "help lists the commands" {
  [ "$(commands | wc -l)" -ge 8 ]
  commands | grep -qx set
}

@test "every command has short help, a page, and a sound manual page" {
  command -v mandoc >/dev/null || skip "no mandoc"
  for cmd in $(commands); do
    rowmark "$cmd" -h >"$HOME/short"
    grep -q "^usage: rowmark $cmd" "$HOME/short"
    rowmark help "$cmd" | grep -q '^DESCRIPTION$'
    [ -z "$(awk 'length > 100' "$HOME/short")" ] || { awk 'length > 100' "$HOME/short"; return 1; }
    rowmark help --mdoc "$cmd" | mandoc -Tlint -Wwarning || return 1
  done
  rowmark help --mdoc | mandoc -Tlint -Wwarning
}

@test "no option is there twice in a command" {
  for cmd in $(commands); do
    rowmark "$cmd" -h | sed -n 's/^ .*--\([a-z-]*\).*/\1/p' | sort | uniq -d | (! grep .) || {
      echo "in $cmd"
      return 1
    }
  done
}

@test "help of one command, whole" {
  expect 0 rowmark start -h <<'OUT'
OUT
}

@test "help for what is no command" {
  expect 2 rowmark help shwo <<'OUT'
rowmark: help: no command 'shwo'
hint: did you mean 'show'?
OUT
}
