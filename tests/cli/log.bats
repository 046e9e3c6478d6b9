# rowmark log and blame: who changed what, and when.

load common

version() {
  git add -A
  GIT_AUTHOR_DATE="$1T12:00:00+0000" GIT_COMMITTER_DATE="$1T12:00:00+0000" git commit -q -m "$1"
}

three() {
  fresh
  printf '# Papers\n\n| Paper | Read |\n|---|---|\n| LIMA | no |\n| LoRA | no |\n' >README.md
  version 2024-01-01
  sed -i 's/| LIMA | no/| LIMA | yes/' README.md
  version 2024-02-01
  sed -i '/LoRA/d' README.md
  echo '| QLoRA | no |' >>README.md
  GIT_AUTHOR_NAME=Bob version 2024-03-01
}

# Commit ids cut to letters that stay.
ids() {
  sed -E 's/  [0-9a-f]{7}  /  xxxxxxx  /'
}

@test "all changes, newest first" {
  three
  rowmark log | ids | diff - /dev/fd/3 3<<'OUT'
2024-03-01  xxxxxxx  Bob               README.md#papers  QLoRA  added
2024-03-01  xxxxxxx  Bob               README.md#papers  LoRA  removed
2024-02-01  xxxxxxx  Ada               README.md#papers  LIMA  Read: no -> yes
2024-01-01  xxxxxxx  Ada               README.md#papers  LIMA  added
2024-01-01  xxxxxxx  Ada               README.md#papers  LoRA  added
OUT
  [ "$(rowmark log -n 2 | wc -l)" -eq 2 ]
}

@test "one row, and one that is gone" {
  three
  rowmark log lima | ids | diff - /dev/fd/3 3<<'OUT'
2024-02-01  xxxxxxx  Ada               LIMA  Read: no -> yes
2024-01-01  xxxxxxx  Ada               LIMA  added
OUT
  rowmark log 'LoRA' README.md | ids | diff - /dev/fd/3 3<<'OUT'
2024-03-01  xxxxxxx  Bob               QLoRA  added
OUT
  sed -i '/QLoRA/d' README.md
  version 2024-04-01
  rowmark log lora README.md#papers | ids | diff - /dev/fd/3 3<<'OUT'
2024-04-01  xxxxxxx  Ada               QLoRA  removed
2024-03-01  xxxxxxx  Bob               QLoRA  added
OUT
  expect 2 rowmark log gpt README.md <<'OUT'
rowmark: README.md: no version has a row 'gpt'
OUT
}

@test "json" {
  three
  rowmark log lima --json | jq -e '.version == 1 and (.changes | length) == 2
    and .changes[0].old == "no" and .changes[0].new == "yes" and .changes[0].author == "Ada"'
  rowmark blame --json | jq -e '.rows | length == 2'
}

@test "blame" {
  three
  export SOURCE_DATE_EPOCH=1710000000
  rowmark blame README.md | sed -E 's/[0-9a-f]{7}  /xxxxxxx  /' | diff - /dev/fd/3 3<<'OUT'
ROW    STATUS  SINCE       DAYS  COMMIT   AUTHOR
LIMA   yes     2024-02-01    37  xxxxxxx  Ada
QLoRA  no      2024-03-01     8  xxxxxxx  Bob     when added
OUT
}

@test "through a renamed file and a moved table" {
  three
  git mv README.md list.md
  sed -i 's/# Papers/# Reading list/' list.md
  version 2024-04-01
  [ "$(rowmark log lima | wc -l)" -eq 2 ]
}

@test "a merge is told by its first parent, or commit by commit" {
  three
  git checkout -q -b side
  sed -i 's/| QLoRA | no/| QLoRA | yes/' README.md
  GIT_AUTHOR_NAME=Eve version 2024-03-05
  git checkout -q main
  GIT_AUTHOR_NAME=Bob git merge -q --no-ff side -m merge
  [[ $(rowmark log qlora -n 1) == *'  Bob '* ]]
  [[ $(rowmark log qlora -n 1 --full) == *'  Eve '* ]]
}
