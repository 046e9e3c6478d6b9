# The library as others find it: installed, through pkg-config, from C and from C++.

load common

setup_file() {
  [ -z "${ROWMARK_SAN:-}${ROWMARK_COVER:-}" ] || return 0
  export MAKEFLAGS="" TOP=$BATS_TEST_DIRNAME/../.. HERE=$BATS_FILE_TMPDIR/usr
  B=$(dirname "${ROWMARK:-$TOP/build/rowmark}")
  make -s -C "$TOP" B="${B#"$(cd "$TOP" && pwd)/"}" install PREFIX="$HERE" >&2
}

setup() {
  common_setup
  [ -z "${ROWMARK_SAN:-}${ROWMARK_COVER:-}" ] || skip "this build of the library is not for installing"
  export PKG_CONFIG_PATH=$HERE/lib/pkgconfig LD_LIBRARY_PATH=$HERE/lib
}

# compile NAME SOURCE: with what pkg-config says and nothing of this tree
compile() {
  # shellcheck disable=SC2046 # words
  "${CC:-cc}" -std=c11 -D_DEFAULT_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -o "$1" "$2" \
    $(pkg-config --cflags --libs rowmark)
}

@test "the examples, compiled against the installed library" {
  reading_list
  for name in open_rows set_cell check_buffer progress; do
    compile "$HOME/$name" "$TOP/examples/$name.c"
  done
  "$HOME/open_rows" | grep -Fx 'README.md#papers  LIMA  Not read'
  [ "$("$HOME/open_rows" | wc -l)" -eq 11 ]

  "$HOME/set_cell" README.md#papers lima status read
  git diff --unified=0 | grep -c '^[-+]|' | grep -x 2
  git commit -qam 'Read LIMA'
  "$HOME/progress" >got
  printf '2026-01-02  2 of 13  A reading list\n2026-01-02  3 of 13  Read LIMA\n' | diff - got

  run "$HOME/check_buffer" <<'MD'
| A | B |
|---|---|
| x | y | lost |
MD
  [ "$status" -eq 1 ]
  [[ $output == *'buffer:3:11: error: '*'[extra-cell]'* ]]
}

@test "the program of the manual page" {
  sed -n '/^\.Bd -literal -offset indent/,/^\.Ed/p' "$TOP/docs/librowmark.3" |
    sed '/^\.[BE]d/d; s/\\en/\\n/' >t.c
  compile t t.c
  reading_list
  [ "$(../t)" = 'README.md#papers: 13 rows' ]
}

@test "linked whole, with the archive" {
  reading_list
  # shellcheck disable=SC2046
  "${CC:-cc}" -std=c11 -D_DEFAULT_SOURCE -o t "$TOP/examples/open_rows.c" $(pkg-config --cflags rowmark) \
    "$HERE/lib/librowmark.a" $(pkg-config --libs --static rowmark | sed 's/-lrowmark//')
  env -u LD_LIBRARY_PATH ./t | grep -q LIMA
}

@test "from C++" {
  for cxx in c++ g++ clang++; do
    command -v $cxx >/dev/null && break
  done
  command -v $cxx >/dev/null || skip "no C++ compiler"
  cat >t.cc <<'CC'
#include <rowmark.h>
#include <rowmark_git.h>
#include <rowmark_sql.h>
#include <cstdio>
int main()
{
	rmk_arena arena = {};
	rmk_doc *doc;
	rmk_err err;
	if (rmk_doc_parse(&arena, RMK_STR("a.md"), RMK_STR("| A |\n|-|\n| x |\n"), 0, &doc, &err))
		return 2;
	std::printf("%u rows, %s\n", doc->tables[0].nrows, rmk_rules[0].family);
	rmk_arena_free(&arena);
}
CC
  # shellcheck disable=SC2046
  "$cxx" -std=c++17 -Wall -Wextra -Werror -o t t.cc $(pkg-config --cflags --libs rowmark)
  [ "$(./t)" = '1 rows, structure' ]
}

@test "only public headers are installed, and none needs what is not" {
  (cd "$HERE/include/rowmark" && grep -rhoE '#include "[^"]+"' . | cut -d'"' -f2 | sort -u |
    while read -r h; do [ -e "$h" ] || echo "$h"; done) >missing
  [ ! -s missing ] || { cat missing; return 1; }
  [ ! -e "$HERE/include/rowmark/git/git_internal.h" ]
  [ ! -e "$HERE/include/rowmark/gfm/block_scan_state.h" ]
}

@test "manual pages, completions and the extension stand where they are looked for" {
  [ -s "$HERE/share/man/man1/rowmark-set.1" ]
  [ -s "$HERE/share/man/man3/librowmark.3" ]
  [ -s "$HERE/share/man/man5/rowmark-schema.5" ]
  grep -q '^complete ' "$HERE/share/bash-completion/completions/rowmark"
  head -n 1 "$HERE/share/zsh/site-functions/_rowmark" | grep -q '^#compdef rowmark'
  grep -q '^complete -c rowmark' "$HERE/share/fish/vendor_completions.d/rowmark.fish"
  [ -s "$HERE/lib/rowmark/rowmark.so" ]
}

@test "uninstall leaves nothing" {
  make -s -C "$TOP" install PREFIX="$HOME/p" >/dev/null
  [ "$(find p -type f | wc -l)" -gt 50 ]
  make -s -C "$TOP" uninstall PREFIX="$HOME/p"
  find p ! -type d | (! grep .)
}
