# diff: what changed in rows and cells, between places, in every format; and through git.

load common

list() { # rows...
  printf '# Papers\n\n| Paper | About | Read |\n|-------|-------|------|\n'
  printf '| %s |\n' "$@"
}

# Two commits; the worktree as the second.
papers() {
  fresh
  list 'LoRA | low-rank updates of a frozen model | no' 'LIMA | less is more | no' \
    'GPT | few shots | yes' | commit_file list.md first
  list 'LIMA | less is more | yes' 'LoRA | low-rank updates of a frozen network | no' \
    'QLoRA | four bits |' | commit_file list.md second
}

@test "rows added, removed, moved and changed, between two commits" {
  papers
  expect 0 rowmark diff HEAD~ HEAD <<'END'
list.md#papers
  ~ LIMA  (moved)  Read: no -> yes
  ~ LoRA  About: low-rank updates of a frozen [-model-]{+network+}
  - GPT  About: few shots; Read: yes
  + QLoRA  About: four bits
END
  rowmark diff HEAD~..HEAD >"$HOME/range"
  rowmark diff HEAD~ HEAD -- list.md >"$HOME/named"
  cmp "$HOME/range" "$HOME/named"
}

@test "HEAD against the worktree, the index against HEAD, a commit against the worktree" {
  papers
  list 'LIMA | less is more | yes' 'LoRA | low-rank updates of a frozen network | doing' \
    'QLoRA | four bits |' >list.md
  expect 0 rowmark diff --staged </dev/null
  git add list.md
  list 'LIMA | less is more | yes' 'LoRA | low-rank updates of a frozen network | yes' \
    'QLoRA | four bits |' >list.md
  expect 0 rowmark diff <<'END'
list.md#papers
  ~ LoRA  Read: no -> yes
END
  expect 0 rowmark diff --staged <<'END'
list.md#papers
  ~ LoRA  Read: no -> doing
END
  [ "$(rowmark diff HEAD~ | wc -l)" -eq 5 ]
  [ "$(rowmark diff --staged HEAD~ | wc -l)" -eq 5 ]
  run rowmark diff --staged HEAD~ HEAD
  [ "$status" -eq 2 ]
}

@test "ranges, as git has them: from one to the other, and what a branch changed" {
  papers
  git checkout -q -b side HEAD~
  list 'LoRA | low-rank updates of a frozen model | no' 'LIMA | less is more | no' \
    'GPT | few shots | no' | commit_file list.md side
  expect 0 rowmark diff main...side <<'END'
list.md#papers
  ~ GPT  Read: yes -> no
END
  expect 0 rowmark diff side... </dev/null
  diff <(rowmark diff main..) <(rowmark diff main side)
  diff <(rowmark diff ..main) <(rowmark diff side main)
  git checkout -q --orphan alone
  git commit -q -m alone
  expect 2 rowmark diff main...alone <<'END'
rowmark: main...alone: no commit that both come from
hint: in a shallow clone: git fetch --unshallow
END
}

@test "columns, tables, and padding that is no difference" {
  fresh
  { list 'a | b | c' 'd | e | f'; printf '\n# Old\n\n|x|\n|-|\n|1|\n'; } | commit_file list.md
  {
    printf '# Papers\n\n|Paper|Read|About     |Score|\n|:--|---|---|---|\n'
    printf '|a|c|b|1|\n|d|f|e||\n\n# New\n\n|y|\n|-|\n|2|\n'
  } >list.md
  expect 0 rowmark diff <<'END'
list.md#papers
  column Read moved
  column Score added
  column aligned anew: Paper left
  ~ a  Score: 1
list.md#new  table added
  + 2
list.md#old  table removed
  - 1
END
  list '  a |b|    c   ' 'd|e|f' | commit_file padded.md
  list 'a | b | c' 'd | e | f' >padded.md
  expect 0 rowmark diff padded.md </dev/null
}

@test "--exit-code, and one table of a file" {
  papers
  rowmark diff --exit-code
  run rowmark diff --exit-code HEAD~
  [ "$status" -eq 1 ]
  [ "$(rowmark diff HEAD~ 'list.md#papers' | wc -l)" -eq 5 ]
  run rowmark diff HEAD~ 'list.md#nothing'
  [ "$status" -eq 2 ]
  run rowmark diff 'list.md#nothing' # nothing changed, and yet there is none
  [ "$status" -eq 2 ]
  rowmark diff --exit-code 'list.md#papers'
  run rowmark diff no-such-thing
  [ "$status" -eq 2 ]
}

@test "a file added, removed, and from a folder below" {
  papers
  mkdir docs
  list 'x | y | z' >docs/new.md
  git add docs/new.md
  rm list.md
  expect 0 rowmark diff <<'END'
docs/new.md#papers  table added
  + x  About: y; Read: z
list.md#papers  table removed
  - LIMA  About: less is more; Read: yes
  - LoRA  About: low-rank updates of a frozen network; Read: no
  - QLoRA  About: four bits
END
  cd docs
  [ "$(rowmark diff new.md | wc -l)" -eq 2 ]
  [ "$(rowmark diff ../list.md | wc -l)" -eq 4 ]
}

@test "JSON" {
  papers
  rowmark diff --json HEAD~ HEAD >"$HOME/out"
  jq -e '.version == 1 and (.tables | length) == 1' "$HOME/out"
  diff <(jq -c '.tables[0].rows[] | [.row, .change, .moved, .old_line, .new_line]' "$HOME/out") - <<'END'
["LIMA","changed",true,6,5]
["LoRA","changed",false,5,6]
["GPT","removed",false,7,null]
["QLoRA","added",false,null,7]
END
  diff <(jq -c '.tables[0].rows[0].cells' "$HOME/out") - <<'END'
[{"column":"Read","old":"no","new":"yes"}]
END
  [ "$(rowmark diff --json)" = '{"version":1,"tables":[]}' ]
}

@test "Markdown for a pull request" {
  papers
  expect 0 rowmark diff --format md HEAD~ HEAD <<'END'
#### list.md#papers

| Row | What | Before | After |
|---|---|---|---|
| LIMA | **moved** |  |  |
| LIMA | Read | no | yes |
| LoRA | About | low-rank updates of a frozen model | low-rank updates of a frozen network |
| GPT | **removed** | Paper: GPT<br>About: few shots<br>Read: yes |  |
| QLoRA | **added** |  | Paper: QLoRA<br>About: four bits |

END
}

@test "colours mark the words, without brackets" {
  papers
  run rowmark diff --color always HEAD~ HEAD
  [[ "$output" == *$'\e[31mmodel\e[0m\e[32mnetwork'* ]]
  [[ "$output" != *'[-'* ]]
}

@test "two files and no repository" {
  list 'a | b | no' >old.md
  list 'a | b | yes' >new.md
  expect 1 rowmark diff --no-index --exit-code old.md new.md <<'END'
new.md#papers
  ~ a  Read: no -> yes
END
}

@test "git diff, git log -p and git show speak in rows" {
  papers
  git config diff.rowmark.textconv 'rowmark diff --textconv'
  echo '*.md diff=rowmark' >.git/info/attributes
  git show --format= | sed 1,4d >"$HOME/show"
  diff "$HOME/show" - <<'END'
@@ -1,12 +1,11 @@
 # Papers
 
 columns: Paper | About | Read
-LoRA
-LoRA: About: low-rank updates of a frozen model
-LoRA: Read: no
 LIMA
 LIMA: About: less is more
-LIMA: Read: no
-GPT
-GPT: About: few shots
-GPT: Read: yes
+LIMA: Read: yes
+LoRA
+LoRA: About: low-rank updates of a frozen network
+LoRA: Read: no
+QLoRA
+QLoRA: About: four bits
END
  git log -p --format= -1 | sed 1,4d | cmp - "$HOME/show"
  git diff HEAD~ | sed 1,4d | cmp - "$HOME/show"
  list 'LIMA | less is more |  yes' 'LoRA | low-rank updates of a frozen network | yes' \
    'QLoRA | four bits |' >list.md
  [ "$(git diff | grep -c '^[-+][^-+]')" -eq 2 ]
  git diff | grep -qx -e '+LoRA: Read: yes'
}

@test "git diff of a conflict: the rows around it are rows still" {
  fresh
  list 'LIMA | less is more | no' 'GPT | few shots | yes' | commit_file list.md base
  git config diff.rowmark.textconv 'rowmark diff --textconv'
  git config merge.rowmark.driver 'rowmark merge %O %A %B'
  echo '*.md diff=rowmark merge=rowmark' >.git/info/attributes
  git checkout -q -b side
  list 'LIMA | less is more | reading' 'GPT | few shots | yes' >list.md
  git commit -q -a -m side
  git checkout -q -
  list 'LIMA | less is more | yes' 'GPT | few shots | yes' >list.md
  git commit -q -a -m ours
  run git merge -q side
  [ "$status" -eq 1 ]
  git diff | sed '1,/^@@/d' >"$HOME/got"
  diff "$HOME/got" - <<'END'
  # Papers
  
  columns: Paper | About | Read
++<<<<<<< ours
 +LIMA
 +LIMA: About: less is more
 +LIMA: Read: yes
++=======
+ LIMA
+ LIMA: About: less is more
+ LIMA: Read: reading
++>>>>>>> theirs
  GPT
  GPT: About: few shots
  GPT: Read: yes
END
}

@test "as git's external diff: the rows, and the text around them as git shows it" {
  papers
  list 'LIMA | less is more | yes' 'LoRA | low-rank updates of a frozen network | yes' \
    'QLoRA | four bits |' | sed 's/# Papers/# Reading/' >list.md
  echo '*.md' >/dev/null
  GIT_EXTERNAL_DIFF='rowmark diff --external' git diff | sed '/^index/d' >"$HOME/got"
  diff "$HOME/got" - <<'END'
diff --git a/list.md b/list.md
--- a/list.md
+++ b/list.md
@@ -1,3 +1,3 @@
-# Papers
+# Reading
 
 (a table)
list.md#reading
  ~ LoRA  Read: no -> yes
END
}

@test "-q is git's: nothing printed, 1 when there is a difference" {
  reading_list
  expect 0 rowmark diff -q </dev/null
  rowmark set --no-commit -q lima reading
  expect 1 rowmark diff -q </dev/null
  expect 1 rowmark diff -q --json </dev/null
}

@test "a folder stands for what is below it, on either side; what is named twice is told once" {
  fresh
  mkdir -p docs/sub
  for file in a docs/b docs/sub/c docsd; do
    printf '| K | S |\n|---|---|\n| x | no |\n' >$file.md
  done
  git add . && git commit -qm x
  sed -i 's/no/yes/' a.md docsd.md docs/b.md docs/sub/c.md
  run rowmark diff HEAD docs
  [ "$(grep -c '#1$' <<<"$output")" -eq 2 ]
  [[ $output == docs/b.md#1*docs/sub/c.md#1* ]]
  expect 0 rowmark diff docs/ <<<"$output"
  expect 0 rowmark diff -f docs <<<"$output"
  expect 0 rowmark diff . <<<"$(rowmark diff)"
  expect 0 rowmark -C docs/sub diff .. <<<"$output"
  expect 0 rowmark diff a.md ./a.md <<<"$(rowmark diff a.md)"
  git rm -rqf docs
  run rowmark diff docs
  [[ $output == *docs/b.md*removed*docs/sub/c.md*removed* ]]
  expect 2 rowmark diff '' <<<'rowmark: a FILE is wanted, and is empty'
  expect 2 rowmark diff nowhere <<<'rowmark: nowhere: neither a revision nor a file on either side'
}

@test "#TABLE alone is that table in whatever file has it" {
  fresh
  printf '# One\n\n| P |\n|---|\n| x |\n\n# Two\n\n| P |\n|---|\n| y |\n' | commit_file a.md
  printf '# Three\n\n| P |\n|---|\n| z |\n' | commit_file b.md
  sed -i 's/^| \([xyz]\) |/| \1\1 |/' a.md b.md
  [ "$(rowmark diff '#two' | head -1)" = 'a.md#two' ]
  [ "$(rowmark diff '#two' '#three' | grep -c '#')" -eq 2 ]
  run rowmark diff '#four'
  [ "$status" -eq 2 ]
}
