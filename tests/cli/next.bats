# next: the rows not done, doing first.

load common

@test "begun rows come first, then those to do, in the order of the file" {
  reading_list
  expect 0 rowmark next <<'OUT'
OUT
  expect 0 rowmark next -n 1 <<'OUT'
OUT
}

@test "JSON" {
  reading_list
  expect 0 as_json rowmark next -n 1 --json <<'OUT'
OUT
}

@test "several tables name theirs; a matrix is done when all its columns are" {
  fresh
  printf '| A | Go | C |\n|---|---|---|\n| x | ✅ | ❌ |\n| y | ✅ | ✅ |\n| z | ❌ | ❌ |\n' | commit_file m.md
  printf '| T | Status |\n|---|---|\n| p | Doing |\n| q | Done |\n' | commit_file t.md
  expect 0 rowmark next <<'OUT'
OUT
}

@test "when all is done" {
  fresh
  printf '| T | Status |\n|---|---|\n| q | Done |\n' | commit_file t.md
  expect 0 rowmark next <<'OUT'
Everything is done.
OUT
}
