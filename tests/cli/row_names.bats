# Two rows of one name are told apart in every message: by a number or link, else by the line.

load common

namesakes() {
  fresh
  printf '# T\n\n| Task | Link | Status |\n|---|---|---|\n%s\n%s\n%s\n%s\n%s\n' \
    '| Write | [a](https://a.example) | todo |' '| Write | [b](https://b.example) | todo |' \
    '| Read | x | todo |' '| Plan | | todo |' '| Plan | | todo |' | commit_file t.md
}

# Both changes of rows of one name, and nothing of a row called by its name alone.
tells() {
  run "$@"
  [ "$status" -eq 0 ]
  [[ $output == *'Write (https://b.example)'* ]]
  [[ $output == *'Plan (line 9)'* ]]
  [[ $output != *'Write  '* && $output != *'Plan  '* && $output != *'Write"'* ]]
}

change() {
  rowmark set LINE:6 done
  rowmark set LINE:9 done
}

@test "set, and the commit" {
  namesakes
  run rowmark set LINE:6 done
  [[ $output == *'Write (https://b.example)'* ]]
  [ "$(git log -1 --format=%s)" = 'Write (https://b.example): todo -> done' ]
  run rowmark set LINE:9 done
  [ "$(git log -1 --format=%s)" = 'Plan (line 9): todo -> done' ]
}

@test "diff" {
  namesakes
  change
  tells rowmark diff HEAD~2 HEAD
  tells rowmark diff --json HEAD~2 HEAD
}

@test "log of a file, log of a row, blame" {
  namesakes
  change
  tells rowmark log t.md
  tells rowmark blame t.md
  run rowmark log LINE:6
  [[ $output == *'Write (https://b.example)'*'todo -> done'* ]]
}

@test "a conflict of a merge" {
  namesakes
  git switch -q -c side
  sed -i '6s/todo/doing/' t.md
  git commit -q -a -m side
  git switch -q main
  sed -i '6s/todo/done/' t.md
  git commit -q -a -m main
  git show HEAD~1:t.md >base.md
  git show side:t.md >theirs.md
  run rowmark merge base.md t.md theirs.md
  [[ $output == *'Write (https://b.example)'* ]]
}

@test "rm" {
  namesakes
  run rowmark rm LINE:9
  [[ $output == *'Plan (line 9)'* ]]
}

@test "a name that one row alone has is told as it is" {
  namesakes
  rowmark set Read done
  run rowmark diff HEAD~1 HEAD
  [[ $output == *' Read  Status: todo -> done'* ]]
}

owned() {
  fresh
  printf '# T\n\n| Task | Link | Owner | Status |\n|---|---|---|---|\n%s\n%s\n%s\n%s\n\n## B\n\n%s\n' \
    '| Write | [a](https://a.example) | | todo |' '| Write | [b](https://b.example) | | todo |' \
    '| Plan | | | doing |' '| Plan | | | todo |' \
    "| Task | Link | Owner | Status |"$'\n|---|---|---|---|\n| Read | | | done |' | commit_file t.md
}

@test "claim, a lost claim, release" {
  owned
  rowmark claim LINE:6 --as ada
  [ "$(git log -1 --format=%s)" = 'Claim Write (https://b.example) for ada' ]
  run rowmark claim LINE:6 --as bob
  [ "$status" -eq 3 ]
  [[ $output == *"'ada' has 'Write (https://b.example)' since "* ]]
  rowmark claim LINE:8 --as ada
  run rowmark claim LINE:8 --as bob
  [[ $output == *"'ada' has 'Plan (line 8)' since "* ]]
  # Its namesake above does not have that owner, and lines that moved are the same rows.
  rowmark claim LINE:7 --as bob
  sed -i '4a | New | | | todo |' t.md
  run rowmark claim LINE:9 --as bob
  [[ $output == *"'ada' has 'Plan (line 9)' since "* ]]
  git checkout -q t.md
  rowmark release LINE:8
  [ "$(git log -1 --format=%s)" = 'Release Plan (line 8)' ]
}

@test "a claim of a row with a namesake expires" {
  owned
  GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' \
    rowmark claim LINE:6 --as ada
  run rowmark claim LINE:6 --as bob --expires 2h
  [ "$status" -eq 0 ]
  [[ $output == *'Owner: ada -> bob'* ]]
}

@test "mv" {
  owned
  run rowmark mv LINE:6 't.md#b'
  [[ $output == *'Write (https://b.example) -> t.md#b'* ]]
  [ "$(git log -1 --format=%s)" = 'Move Write (https://b.example) to t.md#b' ]
}

@test "check --since: a finding that went to a row of the same name is new" {
  owned
  # Only the link is another: same rule, same column, same words.
  sed -i '5s/todo/Todo/' t.md
  git commit -q -a -m one
  run rowmark check --since HEAD t.md
  [[ $output == *'1 finding is not new'* ]]
  sed -i '5s/Todo/todo/; 6s/todo/Todo/' t.md
  run rowmark check --since HEAD t.md
  [[ $output == t.md:6:* ]]
}

@test "what a declaration forbids says which row" {
  fresh
  printf '<!-- rowmark: t; Task: text; Score: integer, max 5 -->\n\n%s\n' \
    '| Task | Link | Score |'$'\n|---|---|---|\n| A | [a](https://a.example) | 1 |\n| A | [b](https://b.example) | 2 |' |
    commit_file t.md
  run rowmark set LINE:6 9 -c Score
  [ "$status" -eq 2 ]
  [[ $output == *"row 'A (https://b.example)'"* ]]
}
