# A branch and its upstream in step, row by row. tests/sync/ has the long forms.

load common
load repo

# A remote by path, and the clones a and b.
clones() {
  papers
  git clone -q --bare . ../origin.git
  git clone -q ../origin.git ../a
  git clone -q ../origin.git ../b
  cd ..
}

# Both clones and the remote are at one commit, and history is one line.
in_step() {
  local id
  id=$(git --git-dir=origin.git rev-parse main)
  for clone in "$@"; do
    [ "$(git -C "$clone" rev-parse main origin/main | sort -u)" = "$id" ] || return 1
    git -C "$clone" fsck --strict --no-dangling 2>&1 | (! grep .) || return 1
  done
  [ "$(git --git-dir=origin.git rev-list --merges --count main)" = 0 ]
}

@test "rows of two clones end in both, in one line of history" {
  clones
  rowmark -C a set -q lima Reading
  GIT_AUTHOR_NAME=Bob GIT_AUTHOR_EMAIL=bob@example.org GIT_AUTHOR_DATE=2026-01-03T00:00:00Z rowmark -C b set -q lora Read -m 'Read it'
  expect 0 rowmark -C a sync <<'E'
origin/main: in step, 1 commit pushed
E
  expect 0 rowmark -C b sync <<'E'
origin/main: in step, 1 commit received, 1 commit pushed
E
  expect 0 rowmark -C a sync <<'E'
origin/main: in step, 1 commit received
E
  in_step a b
  [ "$(git -C a log -1 --format='%an %ad %s%b' --date=raw)" = 'Bob 1767398400 +0000 Read it' ]
  grep -F '| LIMA | Reading |' b/README.md
  [ -z "$(git -C a status --porcelain)$(git -C b status --porcelain)" ]
}

@test "what is staged and edited stays so; other files of the others come along" {
  clones
  rowmark -C a set -q lima Reading
  (cd a && echo new >new && rm other && git add -A && git commit -q -m files && git push -q)
  rowmark -C b set -q lora Read
  rowmark -C b set -q rope Read --stage
  rowmark -C b set -q qlora Reading --no-commit
  rowmark -C b sync
  in_step b
  cd b
  [ -e new ] && [ ! -e other ]
  git diff --cached | grep '^[-+]|' >"$HOME/staged"
  printf -- '-| RoPE | Reading |\n+| RoPE | Read |\n' | diff - "$HOME/staged"
  git diff | grep '^[-+]|' >"$HOME/edited"
  printf -- '-| QLoRA | Read |\n+| QLoRA | Reading |\n' | diff - "$HOME/edited"
}

@test "one cell changed here and there: who and when, exit status 1, nothing moves" {
  clones
  rowmark -C a set -q lora Reading
  rowmark -C a sync -q
  rowmark -C b set -q lora Read
  git -C b fetch -q
  before=$(cd b && state)
  run rowmark -C b sync
  [ "$status" -eq 1 ]
  [[ $output == *"README.md#papers LoRA: Status: ours has 'Read', theirs has 'Reading'"* ]]
  [[ $output == *"ours: $(git -C b log -1 --format=%h) by Ada, 2026-01-02"* ]]
  [[ $output == *"theirs: $(git -C a log -1 --format=%h) by Ada, 2026-01-02"* ]]
  [ "$(cd b && state | grep -v rowmark-sync)" = "$before" ]
  run rowmark -C b sync --json
  [ "$(jq -r '.in_step, .conflict.obstacles[0].where' <<<"$output" | tr '\n' ' ')" = 'false #papers LoRA ' ]
}

@test "--ours, --theirs and --furthest decide such a cell" {
  clones
  for clone in b c d; do git clone -q origin.git "$clone" 2>/dev/null || :; done
  rowmark -C a set -q lora Reading && rowmark -C a set -q lima Read
  rowmark -C a sync -q
  for clone in b c d; do rowmark -C "$clone" set -q lora Read && rowmark -C "$clone" set -q lima Reading; done
  rowmark -C b sync -q --theirs # of both cells nothing is left
  [ "$(git -C b rev-parse main)" = "$(git -C a rev-parse main)" ]
  rowmark -C c sync -q --furthest
  [ "$(git -C c show origin/main:README.md | grep -c '| Read |')" = 3 ]
  rowmark -C d sync -q --ours 2>&1 || return 1
  git -C d show origin/main:README.md | grep -F '| LIMA | Reading |'
  git -C d show origin/main:README.md | grep -F '| LoRA | Read |'
  in_step d
}

@test "such a cell set anew to what the others have: the next sync goes through" {
  clones
  rowmark -C a set -q lora Reading
  rowmark -C a sync -q
  rowmark -C b set -q lora Read
  rowmark -C b set -q lima Read
  run rowmark -C b sync
  [ "$status" -eq 1 ]
  rowmark -C b set -q lora Reading
  rowmark -C b sync -q
  in_step b
  git -C b show origin/main:README.md | grep -F '| LoRA | Reading |'
  git -C b show origin/main:README.md | grep -F '| LIMA | Read |'
  # A third value is no answer to the one that came.
  rowmark -C a sync -q
  rowmark -C a set -q lora Read
  rowmark -C a sync -q
  rowmark -C b set -q lora 'Not read'
  rowmark -C b set -q lora Skimmed --new
  run rowmark -C b sync
  [ "$status" -eq 1 ]
  [[ $output == *"ours has 'Not read', theirs has 'Read'"* ]]
}

@test "a change that is upstream already is none" {
  clones
  rowmark -C a set -q lora Read
  rowmark -C a sync -q
  GIT_AUTHOR_NAME=Bob rowmark -C b set -q lora Read
  expect 0 rowmark -C b sync <<'E'
origin/main: in step, 1 commit received, 1 commit there already
E
  in_step a b
}

@test "refused: detached, no upstream, another place to push to, a remote that was rewritten" {
  clones
  cd b
  git checkout -q --detach && refused 'HEAD is detached' rowmark sync && git checkout -q main
  git checkout -q -b own && refused 'own has no upstream' rowmark sync && git checkout -q main
  git config remote.pushDefault elsewhere
  refused 'git push goes elsewhere' rowmark sync
  git config --unset remote.pushDefault
  refused "there is no remote 'nobody'" rowmark sync nobody
  rowmark set -q lora Read && rowmark sync -q
  git --git-dir=../origin.git update-ref refs/heads/main main~
  rowmark set -q lima Read
  rowmark sync >"$HOME/said" 2>&1 && return 1
  grep -F 'origin/main was rewritten' "$HOME/said"
  rowmark sync 2>&1 | grep -F 'origin/main was rewritten' # and again
  [ "$(git --git-dir=../origin.git rev-list --count main)" = 1 ]
}

@test "commits that change more than rows stop it, or are taken with --all" {
  clones
  cd a
  echo two >other && git commit -q -a -m 'Two'
  rowmark set -q lora Read
  rowmark sync >"$HOME/said" 2>&1 && return 1
  grep -F '(Two) changes more than rows' "$HOME/said"
  [ "$(git rev-list --count origin/main..main)" = 2 ]
  rowmark -C ../b set -q lima Read && rowmark -C ../b sync -q
  rowmark sync --all -q
  cd .. && rowmark -C b sync -q && in_step a b
}

@test "a hook of the remote refuses: its words, the commits stay, --to is the way out" {
  clones
  printf '#!/bin/sh\nread old new ref; [ $ref = refs/heads/main ] || exit 0\necho not on main >&2; exit 1\n' >origin.git/hooks/pre-receive
  chmod +x origin.git/hooks/pre-receive
  cd a
  rowmark set -q lora Read
  rowmark sync >"$HOME/said" 2>&1 && return 1
  grep -F 'origin refused the push to main: [remote rejected] (pre-receive hook declined) not on main' "$HOME/said"
  [ "$(git rev-list --count origin/main..main)" = 1 ]
  rowmark sync -q --to rows
  [ "$(git --git-dir=../origin.git rev-parse rows)" = "$(git rev-parse main)" ]
}

@test "offline: told, nothing moves, and the next one catches up" {
  clones
  rowmark -C a set -q lora Read
  mv origin.git away.git
  run rowmark -C a sync
  [ "$status" -eq 2 ]
  [[ $output == *'origin/main could not be fetched'* ]]
  mv away.git origin.git
  rowmark -C a sync -q && in_step a
}

@test "a shallow clone whose base is beyond the cut is deepened" {
  clones
  git clone -q --depth 1 "file://$PWD/origin.git" thin
  for row in lima rope qlora; do rowmark -C a set -q $row Reading && rowmark -C a sync -q; done
  rowmark -C thin set -q lora Read
  git -C thin fetch -q --depth 1
  rowmark -C thin sync -q
  rowmark -C a sync -q && in_step a
  [ "$(git -C thin rev-parse main)" = "$(git -C a rev-parse main)" ]
}

@test "many clones at once: nothing is lost, nothing twice, one line" {
  clones
  for c in 1 2 3 4; do git clone -q origin.git "c$c"; done
  rows=(lima lora rope qlora)
  for c in 1 2 3 4; do
    (for value in Reading Read Reading; do
      rowmark -C "c$c" set -q "${rows[c - 1]}" "$value x$c" -m "$c $value"
      rowmark -C "c$c" sync -q || echo "c$c failed"
    done >>"$HOME/errors" 2>&1) 3>&- &
  done
  wait
  grep failed "$HOME/errors" && { cat "$HOME/errors"; return 1; }
  for c in 1 2 3 4; do rowmark -C "c$c" sync -q; done
  in_step c1 c2 c3 c4
  [ "$(git --git-dir=origin.git rev-list --count main)" = 13 ]
  [ "$(git --git-dir=origin.git show main:README.md | grep -c 'Reading x')" = 4 ]
}

@test "--sync, and git's setting rowmark.sync = auto, which no file of the tree can give" {
  clones
  rowmark -C a done -q lora --sync
  in_step a
  # A program reads which commit it has become, on what came.
  rowmark -C b add Toy --sync --json >"$HOME/answer"
  in_step b
  jq -e --arg id "$(git -C b rev-parse main)" \
    '.commit.id == $id and .sync.commit == $id and .sync.in_step and .sync.received == 1' "$HOME/answer"
  rowmark -C a sync -q
  rowmark -C a set -q lora Reading
  rowmark -C b set -q lora 'Not read' --sync
  run rowmark -C a set lora Reading --sync --json
  [ "$status" -eq 1 ]
  jq -e '.changes[0].changed == false and (.sync.in_step | not)' <<<"$output"
  rowmark -C a sync -q --theirs
  printf '[rowmark]\n\tsync = auto\n' >a/.rowmark.ini
  rowmark -C a done -q lima 2>/dev/null
  rm a/.rowmark.ini
  [ "$(git -C a rev-list --count origin/main..main)" = 1 ]
  git config --global rowmark.sync auto
  rowmark -C a done -q rope
  in_step a
  rowmark -C a set -q rope Reading --no-commit
  rowmark -C a show rope >/dev/null
  mv origin.git away.git
  rowmark -C a set -q qlora Reading >"$HOME/said" 2>&1 # the exit status is 0
  grep -F 'not synced: origin/main could not be fetched' "$HOME/said"
  rowmark -C a set -q qlora Read --sync 2>/dev/null && return 1
  mv away.git origin.git
  rowmark -C a set -q lora Reading
  in_step a
  git -C a checkout -q -b own # no upstream: nothing to keep in step
  rowmark -C a set lora Read >"$HOME/said" 2>&1
  ! grep -F 'synced' "$HOME/said"
}

@test "claim --sync: one owner over all clones, and the loser has nothing to take back" {
  fresh
  printf '# Work\n\n| Task | Status | Owner |\n|---|---|---|\n| one | Todo | |\n| two | Todo | |\n| three | Done | |\n' >README.md
  git add . && git commit -q -m first
  git clone -q --bare . ../origin.git
  for c in 1 2 3 4; do git clone -q ../origin.git "../c$c"; done
  cd ..
  for c in 1 2 3 4; do
    { rowmark -C "c$c" claim one --as "clone$c" --sync >"said$c" 2>&1 || echo $? >"failed$c"; } 3>&- &
  done
  wait
  winner=$(git --git-dir=origin.git show main:README.md | sed -n 's/^| one | [^|]* | \(clone.\) .*/\1/p')
  [ -n "$winner" ]
  [ "$(git --git-dir=origin.git rev-list --count main)" = 2 ]
  for c in 1 2 3 4; do
    if [ "clone$c" = "$winner" ]; then
      [ ! -e "failed$c" ] || { cat "said$c"; return 1; }
    else
      [ "$(cat "failed$c")" = 3 ] && grep -F "$winner" "said$c" || { cat "said$c"; return 1; }
    fi
    [ "$(git -C "c$c" rev-parse main)" = "$(git --git-dir=origin.git rev-parse main)" ]
    [ -z "$(git -C "c$c" status --porcelain)" ]
    git -C "c$c" fsck --strict --no-dangling 2>&1 | (! grep .)
  done
  rowmark -C c1 claim --next --as x --sync -q
  git --git-dir=origin.git show main:README.md | grep -F '| two | ' | grep -w x
  cd c2
  git remote set-url origin "$HOME/nowhere"
  refused 'could not be fetched' rowmark claim two --as y --sync
}

@test "interrupted while the remote takes its time: everything is as it was" {
  clones
  printf '#!/bin/sh\nsleep 5; exit 1\n' >origin.git/hooks/pre-receive && chmod +x origin.git/hooks/pre-receive
  rowmark -C a set -q lima Reading
  (cd a && git fetch -q)
  before=$(cd a && state)
  run timeout -s INT 2 "$ROWMARK" -C a sync
  [ "$status" -eq 124 ]
  [ "$(cd a && state | grep -v rowmark-sync)" = "$before" ]
  rm origin.git/hooks/pre-receive
  sleep 4 # the hook of the first push ends
  rowmark -C a sync -q && in_step a
}

@test "a row that one clone took to another file and the other edited: the edit follows it" {
  clones
  printf '# Read\n\n| Paper | Status |\n|---|---|\n' >a/read.md
  git -C a add read.md && git -C a commit -q -m read && git -C a push -q
  git -C b pull -q
  # Who archived pushed first, then who edited did; in one commit each, and in two.
  rowmark -C a mv -q qlora read.md -f README.md
  rowmark -C a sync -q
  rowmark -C b set -q qlora Reading -f README.md
  rowmark -C b set -q qlora 'Not read' -f README.md
  rowmark -C b sync -q
  rowmark -C a sync -q
  rowmark -C b set -q rope Read -f README.md
  rowmark -C b sync -q
  rowmark -C a mv -q rope read.md -f README.md
  rowmark -C a sync -q
  rowmark -C b sync -q
  in_step a b
  rowmark -C b show --format csv read.md | diff - <(printf 'Paper,Status\nQLoRA,Not read\nRoPE,Read\n')
  rowmark -C b show --format csv README.md | diff - <(printf 'Paper,Status\nLIMA,Not read\nLoRA,Not read\n')
  [ "$(git -C b log -1 --format=%s -- read.md)" = "$(git -C a log -1 --format=%s -- read.md)" ]
  [ -z "$(git -C a status --porcelain)$(git -C b status --porcelain)" ]
}

@test "a word that was renamed there and written here stops it, whoever is preferred" {
  fresh
  rowmark new a.md T 'S: x < y < z' -q && rowmark add q -q && rowmark add p -q
  git clone -q --bare . ../origin.git
  git clone -q ../origin.git ../a
  git clone -q ../origin.git ../b
  cd ..
  rowmark -C a rename S=y Y2 -q && rowmark -C a sync -q
  rowmark -C b start q -q
  cat >"$HOME/stop" <<'E'
not in step: together with what origin/main has, what is here breaks what a table declares:
  a.md#a q: 'y' is no value of 'S' [constraint-enum]
nothing was pushed or changed; 'rowmark undo' and 'rowmark sync', and make the change anew
E
  expect 1 rowmark -C b sync <"$HOME/stop"
  expect 1 rowmark -C b sync --theirs <"$HOME/stop"
  rowmark -C b undo -q && rowmark -C b sync -q && rowmark -C b start q -q && rowmark -C b sync -q
  grep -qx '| q | Y2 |' b/a.md
  rowmark -C b check -q
  in_step b
}

@test "a remote without the branch: what makes it is said" {
  git init -q --bare origin.git
  git clone -q origin.git a 2>/dev/null
  cd a
  rowmark new a.md T 'S: x < y' -q
  expect 2 rowmark sync <<'E'
rowmark: origin has no branch main yet
hint: nothing is there to be in step with: 'git push -u origin HEAD:main' makes it
E
  git push -q -u origin HEAD:main
  rowmark add -q one && rowmark sync -q
  [ "$(git rev-parse HEAD)" = "$(git --git-dir=../origin.git rev-parse main)" ]
}

@test "--ours and --theirs decide a row that one side removed or renamed and the other edited" {
  clones
  for clone in b c d e; do git clone -q origin.git "$clone" 2>/dev/null || :; done
  rowmark -C a rm -q rope && rowmark -C a rename -q Paper=LIMA Lemon
  rowmark -C a sync -q
  for clone in b c d e; do rowmark -C "$clone" set -q rope Read && rowmark -C "$clone" set -q lima Reading; done
  run rowmark -C b sync --furthest
  [ "$status" -eq 1 ]
  [[ $output == *"--ours or --theirs decide"* ]] || { echo "$output"; return 1; }
  theirs=$(git -C a rev-parse HEAD~1)
  [[ $output == *"theirs: ${theirs:0:7} "* ]]
  rowmark -C c sync -q --theirs
  [ "$(git -C c show origin/main:README.md)" = "$(cat a/README.md)" ]
  rowmark -C d sync -q --ours
  git -C d show origin/main:README.md | grep -F '| RoPE | Read |'
  git -C d show origin/main:README.md | grep -F '| LIMA | Reading |'
  [ "$(git -C d show origin/main:README.md | grep -c '^|')" = 6 ]
  in_step d
}
