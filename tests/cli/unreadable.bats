# What cannot be read is never left out silently: every command ends with exit status 2.

load common

# plain COMMAND...: without the rights by which root reads everything.
plain() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --bounding-set=-dac_override,-dac_read_search -- "$@"
  else
    "$@"
  fi
}

lists() {
  chmod -R u+rwx "$HOME/repo" 2>/dev/null || true
  rm -rf "$HOME/repo" && cd "$HOME" && fresh
  mkdir sub
  printf '# A\n\n| K | Status |\n|---|---|\n| a | Todo |\n' | tee a.md >c.md
  printf '# B\n\n| K | Status |\n|---|---|\n| b |  Done |\n' >sub/b.md
  git add . && git commit -qm one
}

teardown() { [ ! -d "$HOME/repo" ] || chmod -R u+rwx "$HOME/repo"; }

commands() {
  printf '%s\n' '' ls summary next 'sql SELECT/count(*)/FROM/a' 'report -o out.html' check 'check --since HEAD' \
    fmt 'fmt --check' 'check --fix' render 'schema show' 'show a.md' 'set b Done' "$@"
}

# refused WHAT COMMAND...: each ends with 2 and says something.
refused() {
  local what=$1 line words
  while read -r line; do
    read -ra words <<<"$line"
    run plain rowmark "${words[@]//\// }"
    [ "$status" -eq 2 ] && [ -n "$output" ] || { echo "$what, rowmark $line: $status $output"; return 1; }
    [ ! -e out.html ] || { echo "$what: a page was written"; return 1; }
  done
}

@test "a file or folder that cannot be read: every command says so and ends with 2" {
  command -v setpriv >/dev/null || [ "$(id -u)" != 0 ] || skip "no setpriv"
  lists
  chmod 000 c.md
  commands diff | grep -v '^show' | refused "an unreadable file"
  lists
  chmod 000 sub
  commands diff history log | grep -v '^show' | refused "an unreadable folder"
  chmod 644 sub
  commands diff history log | grep -v '^show' | refused "a folder that cannot be entered"
  chmod 755 sub
  is_clean
}

@test "settings, refs and an index that git refuses are refused" {
  command -v setpriv >/dev/null || [ "$(id -u)" != 0 ] || skip "no setpriv"
  lists
  printf '[core\n' >>.git/config
  commands diff history log | grep -v '^show' | refused "broken settings"
  lists
  chmod 000 .git/index
  commands diff | grep -v '^$' | grep -v '^show' | refused "an unreadable index"
  lists
  printf '[files]\ninclude = *.md\n' >.rowmark.ini
  chmod 000 .rowmark.ini
  commands diff history log | grep -v '^show' | refused "an unreadable .rowmark.ini"
  local damage
  for damage in 'zzz' 'zzz\n' 'chmod'; do
    lists
    [ ! -d .git/reftable ] || break # where refs are is not read by us, but by git
    git pack-refs --all
    # shellcheck disable=SC2059
    [ "$damage" = chmod ] && chmod 000 .git/packed-refs || printf "$damage" >>.git/packed-refs
    printf '%s\n' history log 'blame a.md' diff 'check --since HEAD' 'report -o out.html' 'set b Todo' | refused "packed refs, $damage"
  done
}

@test "a system call that fails while reading is said, not passed over" {
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
  "$TOP/tests/faults/reads" --short >"$HOME/table" 2>&1 || { cat "$HOME/table"; return 1; }
  if grep -q '^skipped' "$HOME/table"; then skip "$(cat "$HOME/table")"; fi
  grep -E '^[0-9]+ tried, [1-9][0-9]* refused, [1-9][0-9]* the same, 0 silent$' "$HOME/table"
}
