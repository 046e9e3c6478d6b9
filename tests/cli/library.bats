# The library as others find it: installed, through pkg-config, from C, C++ and Python.

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
  "${CC:-cc}" -std=c99 -pedantic-errors -Wall -Wextra -Wconversion -Wshadow -Werror -o "$1" "$2" \
    $(pkg-config --cflags --libs rowmark)
}

@test "the examples, compiled against the installed library" {
  reading_list
  for name in open_rows set_cell check_buffer progress; do
    compile "$HOME/$name" "$TOP/examples/$name.c"
  done
  "$HOME/open_rows" | grep -Fx 'README.md#papers  LIMA  Not read'
  [ "$("$HOME/open_rows" | wc -l)" -eq 11 ]

  echo staged >other && git add other && echo dirty >>README.md
  "$HOME/set_cell" README.md papers lima status read >id
  [ "$(cat id)" = "$(git rev-parse HEAD)" ]
  [ "$(git log -1 --format=%s)" = 'LIMA: Not read -> Read' ]
  git show --unified=0 --format= | grep -c '^[-+]|' | grep -x 2
  [ "$(git diff --cached --name-only)" = other ]
  [ "$(tail -n 1 README.md)" = dirty ]
  "$HOME/progress" README.md HEAD~1 HEAD >got
  printf 'HEAD~1  papers  2 of 13  15 %%\nHEAD  papers  3 of 13  23 %%\n' | diff - got

  run "$HOME/check_buffer" <<'MD'
| A | B |
|---|---|
| x | y | lost |
MD
  [ "$status" -eq 1 ]
  [[ $output == *'buffer:3:11: error: '*'[extra-cell]'* ]]
}

@test "the program of rowmark.h, and that of the manual page" {
  sed -n '/^\/\/	#include <rowmark.h>/,/^\/\/	}$/s/^\/\/	\{0,1\}//p' "$TOP/lib/rowmark.h" >"$HOME/h.c"
  sed -n '/^\.Bd -literal -offset indent/,/^\.Ed/p' "$TOP/docs/librowmark.3" |
    sed '/^\.[BE]d/d; s/\\en/\\n/' >"$HOME/m.c"
  compile "$HOME/h" "$HOME/h.c"
  compile "$HOME/m" "$HOME/m.c"
  reading_list
  [ "$("$HOME/m")" = 'README.md#papers: 13 rows' ]
  "$HOME/h"
  [ "$(git log -1 --format=%s)" = 'LoRA: Not Read -> Read' ]
}

@test "linked whole, with the archive" {
  echo 'int main(void) { return 0; }' >"$HOME/none.c"
  # shellcheck disable=SC2046
  "${CC:-cc}" -o "$HOME/none" "$HOME/none.c" $(pkg-config --libs --static libgit2) 2>/dev/null ||
    skip "libgit2 names libraries that are not here"
  reading_list
  # shellcheck disable=SC2046
  "${CC:-cc}" -std=c99 -o t "$TOP/examples/open_rows.c" $(pkg-config --cflags rowmark) \
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
#include <cstdio>
int main()
{
	const char text[] = "| A |\n|-|\n| x |\n";
	rmk_db *db = rmk_open_text("a.md", text, sizeof text - 1);
	rmk_result *rows = nullptr;
	if (rmk_rows(db, nullptr, nullptr, &rows))
		return 2;
	std::printf("%zu rows, %s\n", rmk_result_rows(rows), rmk_result_column(rows, 0));
	rmk_free(rows);
	rmk_close(db);
}
CC
  # shellcheck disable=SC2046
  "$cxx" -std=c++11 -Wall -Wextra -Werror -o t t.cc $(pkg-config --cflags --libs rowmark)
  [ "$(./t)" = '1 rows, A' ]
}

@test "a program compiled against the first version runs with this one" {
  [ "$(uname -m)" = x86_64 ] || skip "the object is one of x86-64"
  reading_list
  "${CC:-cc}" -o "$HOME/first" "$TOP/tests/abi/first.o" -L"$HERE/lib" -lrowmark
  "$HOME/first" README.md >got
  diff "$TOP/tests/abi/first.out" got
}

@test "the ABI of the first version is part of this one's" {
  command -v abidiff >/dev/null || [ -n "${CI:-}" ] || skip "no abidiff"
  abidiff --no-added-syms "$TOP/tests/abi/first.abi" "$HERE/lib/librowmark.so.0"
}

@test "Python" {
  command -v python3 >/dev/null || skip "no python3"
  reading_list
  PYTHONDONTWRITEBYTECODE=1 ROWMARK_LIBRARY=$HERE/lib/librowmark.so.0 python3 \
    "$TOP/lib/python/test_rowmark.py" -q
}

# NODE_MODULES: a folder node_modules that has koffi in it.
@test "Node" {
  [ -d "${NODE_MODULES:-}/koffi" ] || skip "no koffi (NODE_MODULES=... where npm put it)"
  mkdir node
  cp "$TOP"/lib/node/*.mjs node/
  ln -s "$NODE_MODULES" node/node_modules
  ROWMARK_LIBRARY=$HERE/lib/librowmark.so.0 node --test node/
}

@test "only rowmark.h is installed" {
  [ "$(cd "$HERE/include" && find . -type f)" = ./rowmark.h ]
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
  [ "$(find p -type f | wc -l)" -gt 35 ]
  make -s -C "$TOP" uninstall PREFIX="$HOME/p"
  find p ! -type d | (! grep .)
}

# With a header of those macros in the place of the library's own the compiler says what is
# wanted.
wants() { # words, file of ours, header, macros...
  local words=$1 ours=$2 header=$3
  shift 3
  printf '#define %s\n' "$@" >"$HOME/fake/$header"
  run cc -std=c11 -fsyntax-only -I"$HOME/fake" -I"$TOP/lib" -x c "$TOP/lib/$ours"
  [ "$status" -ne 0 ]
  [[ $output == *"$words"* ]] || { echo "$output" | head -n 3; return 1; }
  rm "$HOME/fake/$header"
}

@test "a library that is too old or too new is named, with what is wanted" {
  mkdir "$HOME/fake"
  wants 'libgit2: another version is wanted, 1.5 or later, and before 2' git/git_internal.h git2.h \
    'LIBGIT2_VER_MAJOR 1' 'LIBGIT2_VER_MINOR 4'
  wants 'libgit2: another version is wanted' git/git_internal.h git2.h \
    'LIBGIT2_VER_MAJOR 2' 'LIBGIT2_VER_MINOR 0'
  wants 'SQLite: another version is wanted, 3.38 or later' sql/vtab.h sqlite3.h \
    'SQLITE_VERSION_NUMBER 3037000'
  wants 'utf8proc: another version is wanted, 2.2 or later' base/utf8.c utf8proc.h \
    'UTF8PROC_VERSION_MAJOR 3' 'UTF8PROC_VERSION_MINOR 0'
  wants 'cmark-gfm: another version is wanted, 0.29.0.gfm.6 or later' gfm/block_feed.c \
    cmark-gfm_version.h 'CMARK_GFM_VERSION (29 << 16 | 5)'
}
