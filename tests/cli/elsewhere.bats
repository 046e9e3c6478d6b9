# Rows that other files refer to, and columns that they name.

load common
load repo

tasks() {
  fresh
  printf '<!-- rowmark: tasks\nId: key\n-->\n\n| Id | Status |\n|---|---|\n| T1 | done |\n| T2 | todo |\n| T3 | todo |\n' | commit_file a.md
  mkdir d
  printf '<!-- rowmark: runs; Task: ref tasks -->\n\n| Task | N |\n|---|---|\n| T2 | 1 |\n' | commit_file d/runs.md
}

@test "a key that a row of another file refers to stays, whatever command takes it" {
  tasks
  local words="d/runs.md:5:3: row 'T2': 'T2' is no key of 'tasks' [foreign-key]"
  refused "$words" rowmark rm T2 a.md
  refused "$words" rowmark rm T1 T2 ./a.md
  refused "$words" rowmark rm -n T2 "$PWD/a.md"
  refused "$words" rowmark rm --where Id=T2 --no-commit a.md
  refused "$words" rowmark set T2 T9 -c Id a.md
  refused "$words" rowmark sql "DELETE FROM tasks WHERE Id = 'T2'" a.md
  refused "$words" rowmark sql "DELETE FROM tasks WHERE Id = 'T2'"
  refused "'T2' is no key of 'tasks'" rowmark column rm Id a.md
  cd d
  run rowmark rm T2 ../a.md
  [ "$status" -eq 2 ]
  [[ $output == *"runs.md:5:3: row 'T2'"* ]]
  cd ..
  rowmark rm -q T1 T3
  # Its row goes first, or another key is written in both.
  rowmark rename -q Id=T2 Two
  grep -qxF '| Two | 1 |' d/runs.md
  rowmark rm -q Two d/runs.md
  rowmark rm -q Two a.md
  is_clean
}

@test "a row that refers to what no file has is refused; one that refers to a row elsewhere is not" {
  tasks
  refused "d/runs.md:6:3: row 'T7': 'T7' is no key of 'tasks' [foreign-key]" rowmark add T7 d/runs.md
  refused "'T8' is no key" rowmark set T2 T8 -c Task d/runs.md
  printf 'Task,N\nT9,1\n' >"$HOME/new.csv"
  refused "'T9' is no key" rowmark import "$HOME/new.csv" d/runs.md
  rowmark add -q T3 d/runs.md
  rowmark set -q T2 T1 -c Task d/runs.md
  rowmark rm -q T2 a.md
  # What was wrong before does not stand in the way.
  sed -i 's/^| T1 | 1 |/| gone | 1 |/' d/runs.md
  git commit -qam wrong
  rowmark set -q T3 5 -c N d/runs.md
  rowmark rm -q T1 a.md
  is_clean
}

@test "no repository: the same" {
  tasks
  rm -rf .git
  refused "'T2' is no key of 'tasks'" rowmark rm T2 a.md --no-commit
  rowmark rm -q T1 a.md --no-commit
}

@test "-n: a diff that git apply takes, however the file was typed" {
  tasks
  for path in a.md ./a.md d/../a.md "$PWD/a.md"; do
    rowmark done T2 -n "$path" | git apply --check
  done
  cd d
  rowmark done T2 -n ../a.md >"$HOME/diff"
  git -C .. apply --check "$HOME/diff"
}
