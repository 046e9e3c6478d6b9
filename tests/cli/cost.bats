# Large and hostile input costs in proportion: the short form of `make cost`.

load common

@test "time and memory grow with the text, whatever it is made of" {
  [ -z "${ROWMARK_SAN:-}" ] || skip "sanitizers have costs of their own"
  "$TOP/tests/faults/cost" --short -s 'regions, empty' -s 'regions beside tables' -s 'tables without rows' \
    -s 'findings: not a table' -s 'colliding values' -s 'a row of empty cells' \
    -c 'check full' -c render -c set -c 'sql count' -c report >"$HOME/table" 2>&1 || { cat "$HOME/table"; return 1; }
  grep -E '^30 tried, 0 over$' "$HOME/table"
  "$TOP/tests/faults/cost" --short -s columns -s 'status columns' -s 'links beside code' -s 'links with spaces' \
    -s 'findings: equal labels but one' -c check -c set -c history >"$HOME/table" 2>&1 || { cat "$HOME/table"; return 1; }
  grep -E '^15 tried, 0 over$' "$HOME/table"
}

@test "check gives a file back when it is done with it, and keeps what it found" {
  [ -z "${ROWMARK_SAN:-}" ] || skip "sanitizers have costs of their own"
  command -v python3 >/dev/null || skip "no python3 here"
  python3 - <<'EOF'
import os
for name, rest in ("clean", ""), ("found", " lost |"):
    for d in range(20):
        os.makedirs(f"{name}/d{d}")
        for f in range(150):
            with open(f"{name}/d{d}/f{f}.md", "w") as out:
                out.write(f"# P\n\n| Paper | Status |\n|---|---|\n| A{f} | Read |{rest}\n| B{f} | Read |{rest}\n" + "\nText.\n" * 400)
EOF
  peak() { python3 -c 'import resource,subprocess,sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"; }
  few=$(peak "$ROWMARK" check clean/d1)
  clean=$(peak "$ROWMARK" check clean)
  found=$(peak "$ROWMARK" check found)
  # 2,850 files more: 0.6 KB each would be 1.7 MB, their texts alone are 8 MB; what malloc keeps for
  # each thread differs by 3 MB from run to run.
  echo "$few KB of 150 files, $clean of 3,000, $found with findings" >&2
  [ $((clean - few)) -lt 5500 ]
  [ $((found - clean)) -lt 4000 ]
}
