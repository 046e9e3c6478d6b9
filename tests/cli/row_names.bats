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
