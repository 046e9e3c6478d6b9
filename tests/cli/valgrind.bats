# The main commands under memcheck: no invalid read, none of what was never written, no
# memory lost. `make valgrind` runs this file alone.

load common

setup() {
  common_setup
  command -v valgrind >/dev/null || skip "no valgrind"
  [ -z "${ROWMARK_SAN:-}${ROWMARK_COVER:-}" ] || skip "another instrument looks already"
}

# memcheck STATUS ARGUMENT...: runs rowmark, wants that exit status and no error
memcheck() {
  local want=$1 status=0
  shift
  valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
    --suppressions="$TOP/tests/cli/valgrind.supp" --log-file="$HOME/log" "$ROWMARK" "$@" >"$HOME/out" 2>&1 </dev/null || status=$?
  [ "$status" -eq "$want" ] || {
    echo "rowmark $*: exit status $status, wanted $want"
    cat "$HOME/out" "$HOME/log"
    return 1
  }
}

@test "reading under memcheck: ls show check summary sql" {
  reading_list
  memcheck 0 ls
  memcheck 0 show README.md#papers lima
  memcheck 0 check
  memcheck 0 summary --format svg
  memcheck 0 sql 'SELECT Paper, _status FROM papers ORDER BY 1'
  printf '| A | B |\n|---|---|\n| x | y | lost |\n' >bad.md
  memcheck 1 check bad.md
  memcheck 2 show README.md#papers nobody
}

@test "writing under memcheck: set sql fmt merge" {
  reading_list
  memcheck 0 set lima read
  memcheck 0 sql "UPDATE papers SET \"Read or Not\" = 'Read' WHERE Paper = 'LoRA'"
  memcheck 0 fmt README.md --dry-run
  sed 's/LoRA|  Freezes/LoRA|  Keeps/' README.md >ours.md
  sed '/Toolformer/d' README.md >theirs.md
  memcheck 0 merge README.md ours.md theirs.md
  grep -q Keeps ours.md
}
