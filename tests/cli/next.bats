# next: the rows not done, doing first.

load common

@test "begun rows come first, then those to do, in the order of the file" {
  reading_list
  expect 0 rowmark next <<'OUT'
Reading   GPT-3          https://arxiv.org/abs/2005.14165
Not read  Scaling Laws   https://arxiv.org/abs/2001.08361
Not read  Chinchilla     https://arxiv.org/abs/2203.15556
Not Read  InstructGPT    https://arxiv.org/abs/2203.02155
Not Read  Notes on RLHF  https://arxiv.org/abs/2203.02155
OUT
  expect 0 rowmark next -n 1 <<'OUT'
Reading  GPT-3  https://arxiv.org/abs/2005.14165
OUT
}

@test "JSON" {
  reading_list
  expect 0 as_json rowmark next -n 1 --json <<'OUT'
{
  "rows": [
    {
      "address": "README.md#papers",
      "line": 11,
      "link": "https://arxiv.org/abs/2005.14165",
      "progress": "doing",
      "row": "GPT-3",
      "status": "Reading"
    }
  ],
  "version": 1
}
OUT
}

@test "several tables name theirs; a matrix is done when all its columns are" {
  fresh
  printf '| A | Go | C |\n|---|---|---|\n| x | ✅ | ❌ |\n| y | ✅ | ✅ |\n| z | ❌ | ❌ |\n' | commit_file m.md
  printf '| T | Status |\n|---|---|\n| p | Doing |\n| q | Done |\n' | commit_file t.md
  expect 0 rowmark next <<'OUT'
1 of 2  x  m.md#1
Doing   p  t.md#1
0 of 2  z  m.md#1
OUT
}

@test "when all is done" {
  fresh
  printf '| T | Status |\n|---|---|\n| q | Done |\n' | commit_file t.md
  expect 0 rowmark next <<'OUT'
Everything is done.
OUT
}

@test "where no row says how far it is none is offered" {
  fresh
  printf '| L | Status |\n|---|---|\n| a | unpatched |\n| b | customized |\n' | commit_file v.md
  expect 0 rowmark next v.md <<'OUT'
Nothing: the status of 2 rows says nothing of how far they are.
OUT
  # One word of progress among them, and the others come last.
  printf '| L | Status |\n|---|---|\n| a | unpatched |\n| b | todo |\n' | commit_file w.md
  expect 0 rowmark next w.md <<'OUT'
todo       b
unpatched  a
OUT
}
