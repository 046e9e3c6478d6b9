# rowmark history: progress over time, from commits.

load common

# version DATE: README.md as it is, committed on that day.
version() {
  git add -A
  GIT_AUTHOR_DATE="$1T12:00:00+0000" GIT_COMMITTER_DATE="${2:-$1}T12:00:00+0000" \
    git commit -q -m "$1"
}

# Four versions: a list, progress, another vocabulary, progress.
four() {
  fresh
  printf '# A\n\n| x | Status |\n|---|---|\n| a | No |\n| b | No |\n| c | Yes |\n' >README.md
  version 2024-01-01
  sed -i 's/| a | No/| a | Yes/' README.md
  version 2024-02-01 2024-03-01
  sed -i 's/Yes/✅ Yes/; s/No/❌ No/' README.md
  version 2024-03-01
  sed -i 's/❌ No/✅ Yes/' README.md
  echo '| d | ❌ No |' >>README.md
  version 2024-04-01
}

csv() {
  rowmark history --format csv "$@" | tr -d '\r' | cut -d , -f 1,3,6
}

@test "text" {
  four
  rowmark history | sed -E 's/  [0-9a-f]{7}  /  xxxxxxx  /' | diff - /dev/fd/3 3<<'OUT'
README.md  3 of 4 (75 %), 2024-01-01 to 2024-04-01, 4 versions
done  ▁▁▁▁▁▁▁▁▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄█  1 -> 3

4 ┤                                                                            ─
  │
  │────────────────────────────────────────────────────────────────────────────█
  │                                                                            █
  │                          ███████████████████████████████████████████████████
  │                          ███████████████████████████████████████████████████
  │█████████████████████████████████████████████████████████████████████████████
0 ┤█████████████████████████████████████████████████████████████████████████████
   2024-01-01                                                         2024-04-01

2024-04-01  xxxxxxx      3 of 4      75 %  done +1, total +1
2024-02-01  xxxxxxx      2 of 3      66 %  done +1, total +0
2024-01-01  xxxxxxx      1 of 3      33 %  done +1, total +3

Not progress:
2024-03-01  xxxxxxx  Status: Yes -> ✅ Yes in 2 rows
2024-03-01  xxxxxxx  Status: No -> ❌ No in 1 row
OUT
  LC_ALL=C rowmark history | (! grep -q '[─█▁┤│]')
}

@test "every version as csv, dates of authors and of committers" {
  four
  diff - <(csv) <<'OUT'
date,total,done
2024-01-01,3,1
2024-02-01,3,2
2024-03-01,3,2
2024-04-01,4,3
OUT
  [ "$(csv --date-order | sed -n 3p)" = '2024-03-01,3,2' ]
}

@test "a renamed vocabulary is marked and is no progress" {
  four
  rowmark history --json | jq -e '[.marks[] | select(.kind == "renamed") | [.old, .new]] | sort
    == [["No","❌ No"],["Yes","✅ Yes"]]'
  rowmark history --json | jq -e '.points[1].done == .points[2].done'
  run rowmark history
  [[ $output == *'Status: Yes -> ✅ Yes in 2 rows'* ]]
}

@test "the cache changes nothing and may be deleted" {
  four
  rowmark history --json >one
  [ -d .git/rowmark ]
  rowmark history --json | cmp - one
  rowmark history --json --no-cache | cmp - one
  for f in .git/rowmark/*; do head -c 100 "$f" >t && cat t >"$f"; done
  rowmark history --json | cmp - one
  rm -r .git/rowmark
  rowmark history --json --no-cache | cmp - one
  [ ! -e .git/rowmark ]
  sed -i 's/| a /| A /' README.md
  version 2024-04-05
  rowmark history --json >three
  rowmark history --json --no-cache | cmp - three
  git reset -q --hard HEAD~3
  rowmark history --json >two
  rowmark history --json --no-cache | cmp - two
}

@test "a renamed file is followed" {
  four
  mkdir docs
  git mv README.md docs/list.md
  version 2024-05-01
  [ "$(csv docs/list.md | wc -l)" -eq 6 ]
  [ "$(csv | wc -l)" -eq 6 ]
}

# 2,500 commits, each seventh of which changes the list; commit N renames it.
long() {
  fresh
  awk -v renamed="$1" 'BEGIN {
    for (n = 0; n < 2500; n++) {
      name = n < renamed ? "old.md" : "list.md"
      printf "commit refs/heads/main\ncommitter Ada <ada@example.org> %d +0000\n", 1400000000 + n * 9000
      printf "data 4\nstep\nM 100644 inline n\ndata %d\n%d\n", length(n "") , n
      if (n == renamed && n) print "R old.md list.md"
      if (n % 7 == 0 && n != renamed) {
        text = "| x | Status |\n|---|---|\n| a | " (n % 2 ? "done" : "todo") " |\n| b | " (n % 5 ? "done" : "todo") " |\n| c | n" n " |\n"
        printf "M 100644 inline %s\ndata %d\n%s\n", name, length(text), text
      }
    }
  }' | git fast-import --quiet
}

@test "the commit-graph and the commits say the same" {
  for renamed in 0 300 2200; do
    rm -rf repo
    long $renamed
    rowmark history --format csv HEAD:list.md >one
    git commit-graph write --reachable
    rowmark history --no-cache --format csv HEAD:list.md >two
    cmp one two
    tr -d '\r' <two | sed 1d | cut -d , -f 2 |
      diff - <(git log --follow --format=%H -- list.md | tac)
    head -c 3000 .git/objects/info/commit-graph >t && mv -f t .git/objects/info/commit-graph
    rowmark history --no-cache --format csv HEAD:list.md | cmp - one
    cd ..
  done
}

# forge tree|parent: a commit-graph with a sound checksum in which every commit has the first
# one's tree, or is its own parent.
forge() {
  git commit-graph write --reachable
  python3 - "$1" <<'EOF'
import hashlib, os, struct, sys
path = ".git/objects/info/commit-graph"
data = bytearray(open(path, "rb").read())
def entry(i):
    return bytes(data[8 + 12 * i:12 + 12 * i]), struct.unpack(">Q", data[12 + 12 * i:20 + 12 * i])[0]
chunks = dict(map(entry, range(data[6])))
count = struct.unpack(">I", data[chunks[b"OIDF"] + 1020:chunks[b"OIDF"] + 1024])[0]
first = chunks[b"CDAT"]
for i in range(count):
    at = first + 36 * i
    if sys.argv[1] == "tree":
        data[at:at + 20] = data[first:first + 20]
    elif data[at + 20] != 0x70:
        data[at + 20:at + 24] = struct.pack(">I", i)
os.unlink(path)
open(path, "wb").write(data[:-20] + hashlib.sha1(data[:-20]).digest())
EOF
}

@test "a commit-graph that leads in a circle is not followed" {
  long 0
  rowmark history --format csv HEAD:list.md >one
  forge parent
  timeout 60 "$ROWMARK" history --no-cache --format csv HEAD:list.md | cmp - one
}

same_as_one() {
  rowmark history --no-cache --format csv HEAD:list.md | cmp -s - one
}

# A forged graph shows whether it was used.
@test "a commit-graph is not used beside replaced commits, grafts, a shallow file, nor damaged" {
  [ "${ROWMARK_TEST_PROFILE:-}" != git3 ] || skip "a graph of SHA-256 is not read"
  long 0
  rowmark history --no-cache --format csv HEAD:list.md >one
  forge tree
  if same_as_one; then false; fi

  git replace HEAD~5 "$(git cat-file commit HEAD~5 | sed 's/^step$/other/' | git hash-object -w -t commit --stdin)"
  same_as_one
  git replace -d "$(git rev-parse HEAD~5)"

  git rev-parse HEAD~5 HEAD~6 | paste -sd ' ' >.git/info/grafts
  same_as_one
  rm .git/info/grafts

  git rev-list --max-parents=0 HEAD >.git/shallow
  same_as_one
  rm .git/shallow

  if same_as_one; then false; fi
  chmod u+w .git/objects/info/commit-graph
  printf '\377' | dd of=.git/objects/info/commit-graph bs=1 seek=2000 conv=notrunc status=none
  same_as_one
}

@test "an object of another kind than the one that is wanted is damage" {
  long 0
  blob=$(git rev-parse HEAD:list.md)
  commit=$(git cat-file commit HEAD | sed "s/^tree .*/tree $blob/" | git hash-object -w -t commit --stdin)
  git update-ref refs/heads/damaged "$commit"
  for command in log 'history --no-cache'; do
    # shellcheck disable=SC2086
    run rowmark $command damaged:list.md
    [ "$status" = 2 ]
    [[ $output == *"object ${blob:0:10} is no tree"* ]]
  done
}

@test "a damaged pack is an error, or not in the way" {
  long 0
  rowmark history --no-cache --format csv HEAD:list.md >sound
  pack=$(echo .git/objects/pack/*.pack)
  chmod u+w "$pack"
  cp "$pack" whole
  size=$(wc -c <"$pack")
  errors=0
  for part in 1 2 3 4 5 6 7 8 9; do
    printf '\377\377\377\377' | dd of="$pack" bs=1 seek=$((size * part / 10)) conv=notrunc status=none
    if rowmark history --no-cache --format csv HEAD:list.md >out 2>err; then
      cmp sound out
    else
      grep -q 'cannot be read' err
      [ ! -s out ]
      errors=$((errors + 1))
    fi
    cat whole >"$pack"
  done
  [ "$errors" -ge 3 ]
  rowmark history --no-cache --format csv HEAD:list.md | cmp - sound
}

# Sets every offset in an index of packs to one far outside: of entries so long, so far from the end.
lead_astray() { # file length end
  local n size
  size=$(wc -c <"$1")
  n=$(git count-objects -v | sed -n 's/^in-pack: //p')
  chmod u+w "$1"
  for i in $(seq "$n"); do
    printf '\010' | dd of="$1" bs=1 seek=$((size - $3 - i * $2)) conv=notrunc status=none
  done
}

# It says what it says of the sound repository, or fails with words.
sound_or_told() { # words...
  local status=0
  rowmark "$@" >out 2>err || status=$?
  [ "$status" -eq 2 ] && grep -q . err || cmp sound out
}

@test "an index of packs that points outside of its pack is not believed, nor that of an alternate" {
  [ "${ROWMARK_TEST_PROFILE:-}" != git3 ] || skip "an index of SHA-256 is read by git"
  fresh
  printf '# L\n\n| a | Done |\n|---|---|\n| x | no |\n' >list.md
  git add list.md && git commit -qm one
  sed -i 's/no/yes/' list.md && git commit -qam two
  git repack -adfq
  rowmark log list.md >sound

  git multi-pack-index write
  git clone -q --shared . "$HOME/clone"
  lead_astray .git/objects/pack/multi-pack-index 8 16
  sound_or_told log list.md
  sound_or_told -C "$HOME/clone" log list.md
  rm .git/objects/pack/multi-pack-index

  lead_astray .git/objects/pack/*.idx 4 40
  sound_or_told log list.md
  sound_or_told -C "$HOME/clone" log list.md
}

@test "several files are summed up" {
  four
  printf '# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n' >b.md
  version 2024-05-01
  [ "$(csv | tail -n 1)" = '2024-05-01,5,4' ]
  [ "$(csv b.md)" = $'date,total,done\n2024-05-01,1,1' ]
}

@test "one table, and one column" {
  fresh
  printf '# A\n\n| x | Status |\n|---|---|\n| a | done |\n\n# B\n\n| x | Solution |\n|---|---|\n| a | Go |\n' >README.md
  version 2024-01-01
  [ "$(csv README.md#a | tail -n 1)" = '2024-01-01,1,1' ]
  [ "$(csv -c solution | tail -n 1)" = '2024-01-01,1,0' ]
  [ "$(csv -c solution --done go | tail -n 1)" = '2024-01-01,1,1' ]
  expect 2 rowmark history README.md#b <<'OUT'
rowmark: no table here ever had a status column
hint: -c COLUMN counts the values of a column
OUT
  expect 2 rowmark history -c nope <<'OUT'
rowmark: no row here ever had a column 'nope'
OUT
  expect 2 rowmark history README.md#nope <<'OUT'
rowmark: README.md: no table 'nope'; there are: a, b
OUT
}

@test "merges: first parents, or all" {
  four
  git checkout -q -b side HEAD~1
  sed -i 's/# A/# A list/' README.md
  version 2024-03-05
  git checkout -q main
  git merge -q side -m merge
  [ "$(csv | wc -l)" -eq 6 ]
  [ "$(csv --full | wc -l)" -eq 7 ]
}

@test "all parents: a first commit without the file is no version" {
  fresh
  echo x >other && version 2023-12-01
  printf '# A\n\n| x | Status |\n|---|---|\n| a | No |\n' >README.md
  version 2024-01-01
  [ "$(csv | wc -l)" -eq 2 ]
  [ "$(csv --full | wc -l)" -eq 2 ]
}

@test "a shallow clone says where it is cut" {
  four
  git clone -q --depth 2 "file://$PWD" ../shallow
  cd ../shallow
  cut=$(git rev-parse --short=10 HEAD~1)
  run rowmark history
  [ "$status" -eq 0 ]
  [[ $output == *'2 versions'*"history is cut at $cut"*'fetch-depth: 0'* ]]
}

# A commit whose clock was mad: commit_at SECONDS ZONE
commit_at() {
  local tree parent
  git add -A
  tree=$(git write-tree)
  parent=$(git rev-parse -q --verify HEAD) || :
  git update-ref HEAD "$(
    {
      echo "tree $tree"
      [ -z "$parent" ] || echo "parent $parent"
      printf 'author A <a@x> %s %s\ncommitter A <a@x> %s %s\n\nm\n' "$1" "$2" "$1" "$2"
    } | git hash-object -t commit -w --stdin --literally
  )"
}

@test "commits of mad clocks: dates have years of four digits, and a chart is drawn" {
  fresh
  printf '| A | S |\n|---|---|\n| x | no |\n| y | no |\n' >t.md
  commit_at -9223372036854775808 +0000
  sed -i '3s/no/yes/' t.md
  commit_at 9223372036854775807 +99999999999
  run rowmark history --format csv
  [[ $output == *$'\n0001-01-01,'*$'\n9999-12-31,'* ]]
  for format in text json svg mermaid; do
    timeout 10 "$ROWMARK" history --format $format >"out.$format"
  done
  xmllint --noout out.svg
  [ "$(grep -o 'text-anchor="middle"' out.svg | wc -l)" -le 10 ]
  timeout 10 "$ROWMARK" report -o page.html
  rowmark log | grep '^9999-12-31 '
  rowmark blame t.md >/dev/null
}

@test "no history" {
  fresh
  expect 2 rowmark history <<'OUT'
rowmark: there is no commit yet, and so no history
OUT
  echo x | commit_file x.md
  expect 2 rowmark history nofile.md <<'OUT'
rowmark: nofile.md: no commit has it
OUT
  expect 2 rowmark history <<'OUT'
rowmark: no table here ever had a status column
hint: -c COLUMN counts the values of a column
OUT
}

@test "charts are well-formed" {
  four
  rowmark history --format svg | xmllint --noout -
  [ "$(rowmark history --format mermaid | head -n 1)" = xychart-beta ]
  rowmark history --format svg --label 'a < b & "c"' | xmllint --noout -
}

# at TIME STATUS: a version of two rows, one of that status.
at() {
  printf '| x | Status |\n|---|---|\n| a | %s |\n| b | todo |\n' "$2" >README.md
  git add -A
  GIT_AUTHOR_DATE="$1" GIT_COMMITTER_DATE="$1" git commit -q -m "$2"
}

@test "a history of one day is told by the clock" {
  fresh
  at 2024-03-03T09:05:00+0100 todo
  at 2024-03-03T13:00:00+0100 doing
  at 2024-03-03T17:20:00+0100 done
  run rowmark history
  [[ ${lines[0]} == *'2024-03-03 09:05 to 2024-03-03 17:20'* ]]
  [[ $output == *'2024-03-03 17:20  '*'1 of 2'* ]]
  rowmark history --format svg | grep -o '>1[0-9]:00<' | tr -d '\n' |
    grep -q '^>10:00<>11:00<.*>17:00<$'
  rowmark history --format mermaid | grep -qF 'x-axis ["09:05", "13:12", "17:20"]'
  # Into the next night, and into the next month.
  at 2024-03-04T04:00:00+0100 todo
  rowmark history --format svg | grep -q '>03-04<'
  at 2024-04-04T04:00:00+0100 done
  run rowmark history --format svg
  [[ $output == *'>2024-03-03<'*  && $output == *'>03-14<'* && $output != *'>2024-04<'* ]]
  rowmark history --format mermaid | grep -qF 'x-axis ["2024-03-03", "2024-03-11", '
  [[ $(rowmark history) == *'2024-03-03 to 2024-04-04'* ]]
  # Names of samples that are the same would be drawn as one.
  [ "$(rowmark history --format mermaid | grep x-axis | tr ',' '\n' | sort | uniq -d | wc -l)" -eq 0 ]
}

@test "an older commit, and a commit without the file" {
  four
  [ "$(csv HEAD~2:README.md | wc -l)" -eq 3 ]
  git rm -q README.md
  version 2024-06-01
  [ "$(csv README.md | tail -n 1)" = '2024-06-01,0,0' ]
}

# The counts of points.tsv, and a slow and simple script, on the small histories; all six:
# tests/peers/points and tests/peers/history_slow.
@test "a slow script that parses every version tells the same" {
  [ -d "${ROWMARK_CORPUS:-$TOP/../shared/corpus}/histories" ] || skip "no corpus"
  command -v cmark-gfm python3 || skip "no cmark-gfm or python3"
  "$TOP/tests/peers/history_slow" FerretDB gopherjs
}

# All files, every version: tests/peers/summaries.
@test "a point counts the cells that the summary of its version counts" {
  "$TOP/tests/peers/summaries" --short "$ROWMARK"
}
