# The report page in a browser, where there is one: tests/page/. Each of its tests is one
# line here; without chromium, node or the npm packages they are skipped with a word.

load common

at() { # DATE COMMAND...
  GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 "${@:2}"
}

# The pages that the browser opens.
make_pages() {
  reading_list
  at 2026-02-01T00:00:00+0000 rowmark -q set lima reading
  at 2026-03-01T00:00:00+0000 rowmark -q set lima read
  at 2026-04-11T00:00:00+0000 rowmark -q set alibi read
  rowmark report -o ../list.html
  mkdir docs
  sed 's/^## .*/&\n\n| Feature | Linux | macOS |\n|:-:|---|---|\n| a | ✅ | ❌ |\n| `b` | ❌ | ✅ |\n/' README.md >docs/matrix.md
  printf '| A | B |\n|---|---|\n| 1 | [x](../README.md) | extra |\n| 2 |\n' >docs/plain.md
  rowmark report -o ../many.html
  printf '| Text | Number | Link |\n|---|--:|---|\n| a10 | 9 | https://e.example/a/long/path/that/goes/on/and/on/and/on/%s |\n| a2 | 1,200 | |\n| 日本 | -3 | **[x](y)** |\n| 🎉 | 10 | |\n| É | 0.25 | |\n| f | | |\n| Ω | 1.5 | |\n' "$(printf 'x%.0s' {1..80})" >values.md
  rowmark report values.md -o ../values.html
  printf '# <script>hacked=1</script>\n\n| <img src=x onerror=hacked=1> | B |\n|---|---|\n| </td><script>hacked=2</script> | [x](javascript:hacked=3) |\n| <a href="javascript:hacked=4">x</a> | [y](data:text/html,z) |\n| "onclick="hacked=5 | <https://e.example/?a="b> |\n' >hostile.md
  rowmark report hostile.md -o ../hostile.html
  {
    printf '## Matrix\n\n| Feature |'; printf ' Platform %s |' {1..60}; printf '\n|%s\n' "$(printf -- '---|%.0s' {1..61})"
    for i in {1..60}; do printf '| a feature of number %s |' "$i"; printf ' ✅ | ❌ |%.0s' {1..30}; echo; done
    printf '\n## كتب\n\n| الكتاب | العدد | الحالة |\n|---|--:|---|\n| الأيام (1926) | 3 | مقروء |\n| LIMA | 12 | غير مقروء |\n'
  } >odd.md
  rowmark report odd.md -o ../odd.html
  awk 'BEGIN { print "| N | Name | Score | Status |\n|--:|---|--:|---|"; srand(1)
    for (i = 0; i < 10000; i++) printf "| %d | item %d of some length, as they are | %.2f | %s |\n", i, rand() * 1e6, rand() * 100, i % 3 ? "Not read" : i == 9000 ? "read" : "Read" }' >big.md
  rowmark report big.md -o ../big.html
}

@test "the page in a browser" {
  make_pages >/dev/null
  local status=0
  env -u LC_ALL "$TOP/tests/page/run" "$BATS_TEST_TMPDIR" >tap 2>&1 || status=$?
  [ $status -ne 77 ] || skip "$(tail -n 1 tap)"
  cat tap
  [ $status -eq 0 ]
  [ "$(grep -c '^not ok' tap)" -eq 0 ]
  grep -q '^1\.\.' tap
}
