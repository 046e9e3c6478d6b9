# The picture of the README is what rowmark prints today.

load common

@test "docs/screen.svg is what docs/make-screen makes" {
  "$TOP/docs/make-screen" >screen.svg
  cmp screen.svg "$TOP/docs/screen.svg" || {
    echo "docs/make-screen > docs/screen.svg, and look at it"
    diff "$TOP/docs/screen.svg" screen.svg
    return 1
  }
}
