# What benches in shell time and judge with.

# milliseconds RUNS MOST COMMAND...: of the best of so many runs, which end with status MOST
# at most.
milliseconds() {
  local runs=$1 most=$2 best="" start end i
  shift 2
  for ((i = 0; i < runs; i++)); do
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1
    [ $? -le "$most" ] || return 1
    end=$((($(date +%s%N) - start) / 10000))
    [ -n "$best" ] && [ "$best" -le "$end" ] || best=$end
  done
  awk "BEGIN { print $best / 100 }"
}

verdict() { # condition
  if awk "BEGIN { exit !($1) }"; then echo; else
    echo "  TOO SLOW"
    return 1
  fi
}
