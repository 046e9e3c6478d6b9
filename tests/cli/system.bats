# Systems that lack what the careful way needs: an old kernel without openat2, a file system
# without hard links or without exchanging names. The result is the same.

load common

setup() {
  common_setup
  command -v strace >/dev/null || skip "no strace"
  strace -o /dev/null true 2>/dev/null || skip "nothing can be traced here"
  [ -z "${ROWMARK_SAN:-}" ] || skip "the leak checker cannot be traced"
}

# without CALL=ERROR...: set a cell where those calls fail so, and see it committed
without() {
  local inject=()
  for fault in "$@"; do
    inject+=(-e "inject=${fault%=*}:error=${fault#*=}")
  done
  strace -f -qq -o "$HOME/trace" "${inject[@]}" \
    "$ROWMARK" set lima reading >out 2>&1 || { cat out; return 1; }
  grep -q INJECTED "$HOME/trace"
  mv out "$HOME"
  [ "$(git show HEAD:README.md | grep '^|LIMA')" = "$(grep '^|LIMA' README.md)" ]
  grep -q '^|LIMA.*| Reading |$' README.md
  [ "$(git diff HEAD~1 --numstat)" = "1	1	README.md" ]
  is_clean
}

# PORTABLE=1: what is Linux' alone is not called at all.
linux_only() {
  [ -z "${PORTABLE:-}" ] || skip "this program calls nothing that is Linux' alone"
}

@test "without openat2" {
  linux_only
  reading_list
  mkdir sub
  git mv README.md sub/README.md
  git commit -qm 'In a folder'
  strace -f -qq -o "$HOME/trace" -e inject=openat2:error=ENOSYS "$ROWMARK" set lima reading
  grep -q INJECTED "$HOME/trace"
  git show HEAD:sub/README.md | cmp - sub/README.md
  is_clean
}

@test "without openat2, a link that leads out is still refused" {
  linux_only
  reading_list
  mkdir "$HOME/outside"
  cp README.md "$HOME/outside/"
  ln -s "$HOME/outside" away
  before=$(cksum "$HOME/outside/README.md")
  (! strace -f -qq -o "$HOME/trace" -e inject=openat2:error=ENOSYS "$ROWMARK" set lima reading away/README.md)
  [ "$(cksum "$HOME/outside/README.md")" = "$before" ]
}

@test "without hard links" {
  reading_list
  without link=EPERM linkat=EPERM
}

@test "without exchanging names" {
  linux_only
  reading_list
  without renameat2=EINVAL
}

@test "without either" {
  linux_only
  reading_list
  without renameat2=EINVAL linkat=EPERM link=EPERM
}
