# Dates: --date takes what git commit --date takes, the environment what git takes there.

load common
load repo

# The clock of git's relative dates, and a zone with summer time.
fixed() {
  export GIT_TEST_DATE_NOW=1767409445 TZ=Europe/Berlin
}

# What git commit makes of a date: the author's "SECONDS ZONE", or nothing where it refuses.
gits() { # command before, date option or none
  git reset -q --soft "$first"
  if "$@" git commit -q --allow-empty -m x ${option+"$option"} 2>/dev/null; then git log -1 --format=%ad --date=raw; fi
  git reset -q --soft "$first"
}

ours() { # command before
  if "$@" rowmark set LoRA Read -q ${option+"$option"} README.md 2>"$HOME/said"; then
    git log -1 --format=%ad --date=raw
  elif ! grep -q 'git cannot read the date' "$HOME/said"; then
    cat "$HOME/said"
  fi
  git reset -q --hard "$first"
}

forms() {
  cat <<'FORMS'
yesterday
now
noon
noon yesterday
tea
midnight
last friday
2 days ago
two days ago
3.weeks.ago
1 hour ago
-1 day
10:30
Jan 5
5 Jan 2026 10:00 +0530
Fri, 2 Jan 2026 10:00:00 +0100
Fri Jan 2 10:00:00 2026
2026-01-02
2026-07-02
2026-01-02 10:00
2026-01-02T10:00:00
2026-01-02T10:00:00Z
2026-01-02T10:00:00+0100
2026-01-02 10:00:00 -0730
20260102T100000
2/1/2026
31.12.2025
@123 +0100
@1234567890 +0100
@-1234567890 +0100
@x1234567890 +0100
@1234567890 +0545
@1234567890
1234567890
1234567890 -0800
@123
@1 +9999
1960-01-01
2026-02-31
never
all
false
tomorrow
nonsense
@
2026-01-02T10:00:00Z; rm -rf x
a'b"c
FORMS
  printf ' \n'
}

@test "--date: every form that git takes gives the date git gives; what it refuses is refused" {
  fixed
  papers
  first=$(git rev-parse HEAD)
  while IFS= read -r form; do
    option=--date=$form
    printf '%s: %s\n' "$form" "$(gits env)" >>"$HOME/want"
    printf '%s: %s\n' "$form" "$(ours env)" >>"$HOME/got"
  done < <(forms)
  diff -u "$HOME/want" "$HOME/got"
  grep -c ': [0-9]' "$HOME/want"
  [ "$(grep -c ': [0-9]' "$HOME/want")" -gt 30 ]
  [ "$(grep -c ': $' "$HOME/want")" -gt 5 ]
}

# A zone that git commit writes, and a newer git's hash-object takes for damage.
if [ -n "${ROWMARK_TEST_ENGINE:-}${ROWMARK_TEST_PROFILE:-}" ]; then damaged='^@1 +9999$'; else damaged='^$'; fi

@test "GIT_AUTHOR_DATE takes the strict forms alone, as for git" {
  fixed
  papers
  first=$(git rev-parse HEAD)
  while IFS= read -r form; do
    printf '%s: %s\n' "$form" "$(gits env GIT_AUTHOR_DATE="$form")" >>"$HOME/want"
    printf '%s: %s\n' "$form" "$(ours env GIT_AUTHOR_DATE="$form")" >>"$HOME/got"
  done < <(forms | grep -v "$damaged")
  diff -u "$HOME/want" "$HOME/got"
  grep -qx 'yesterday: ' "$HOME/want"
}

@test "GIT_COMMITTER_DATE is as strict" {
  papers
  GIT_COMMITTER_DATE=yesterday refused "git cannot read the date 'yesterday'" rowmark set LoRA Read
  GIT_COMMITTER_DATE='2 Jan 2026 10:00:00 +0100' rowmark set LoRA Read
  [ "$(git log -1 --format=%cd --date=raw)" = '1767344400 +0100' ]
}

@test "--date: an empty one is refused, one that cannot be read says what can" {
  papers
  refused "git cannot read the date ''" rowmark set LoRA Read --date=
  refused "git cannot read the date 'nonsense'" rowmark set LoRA Read --date nonsense
  grep -F "hint: '2026-01-02 15:04', 'yesterday' and '2 days ago' are dates" "$HOME/said"
}

@test "--author: an empty one is refused" {
  papers
  refused "'' is no author" rowmark set LoRA Read --author=
}

@test "a date that has no name beside it in the environment" {
  fixed
  papers
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
  git config user.name Eva && git config user.email eva@example.org
  rowmark set LoRA Read --date yesterday
  [ "$(git log -1 --format='%an %ad' --date=raw)" = 'Eva 1767323045 +0100' ]
}
