# A signal during a commit gives locks and files back, and none is held back while reading.

load common

# The rights and files of a list, as nobody changed them.
as_before() {
  is_clean && [ -z "$(find . -name '*.lock' -o -name '*.rowmark' -o -name '.README.md.*')" ]
}

# until_there FILE: for at most a minute, and no longer than the program that makes it runs; what that
# said instead is in ~/said.
until_there() {
  for _ in $(seq 600); do
    [ -e "$1" ] && return
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
  cat "$HOME/said"
  return 1
}

# ended PID SIGNAL NUMBER: it ends by the signal, long before what it waits for.
ended() {
  local since=$SECONDS
  kill -"$2" "$1"
  status=0
  wait "$1" || status=$?
  [ "$status" -eq $((128 + $3)) ] && [ $((SECONDS - since)) -lt 60 ]
}

@test "a signal while a hook runs ends the hook, and all is taken back" {
  local signal
  for signal in 'TERM 15' 'HUP 1'; do
    reading_list
    printf '#!/bin/sh\n: >"$HOME/running"\nexec sleep 300\n' >.git/hooks/pre-commit
    chmod +x .git/hooks/pre-commit
    # What runs the tests, or a shell's background, may have some ignored.
    env --default-signal "$ROWMARK" set lima read >"$HOME/said" 2>&1 3>&- &
    until_there "$HOME/running"
    # shellcheck disable=SC2086
    ended $! $signal
    as_before
    rm "$HOME/running"
    cd .. && rm -rf repo
  done
}

@test "a signal that whoever runs us ignores (nohup) changes nothing; the next one ends it" {
  reading_list
  printf '#!/bin/sh\n: >"$HOME/running"\nexec sleep 300\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  env --default-signal --ignore-signal=HUP "$ROWMARK" set lima read >"$HOME/said" 2>&1 3>&- &
  until_there "$HOME/running"
  kill -HUP $!
  sleep 0.2
  kill -0 $!
  ended $! TERM 15
  as_before
}

@test "a signal while versions are read ends at once, and the lock goes" {
  local signal
  mkdir "$HOME/bin"
  cat >"$HOME/bin/git" <<SH
#!/bin/sh
if [ "\$1" = cat-file ] && [ -e .git/index.lock ]; then
  : >"$HOME/reading"
  exec sleep 300
fi
exec "$(command -v git)" "\$@"
SH
  chmod +x "$HOME/bin/git"
  for signal in 'TERM 15' 'INT 2' 'HUP 1' 'PIPE 13'; do
    reading_list
    ROWMARK_ENGINE=git PATH="$HOME/bin:$PATH" env --default-signal "$ROWMARK" set lima read \
      >"$HOME/said" 2>&1 3>&- &
    until_there "$HOME/reading"
    [ -e .git/index.lock ]
    # shellcheck disable=SC2086
    ended $! $signal
    as_before
    rm "$HOME/reading"
    cd .. && rm -rf repo
  done
}
