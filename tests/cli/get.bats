#!/usr/bin/env bats
# tool/packages/get: a released program whose sum is right, or one built from source.
load common.bash

# A copy of what get reads; its build is a word, and the release a folder.
setup() {
  common_setup
  mkdir -p src/tool/packages src/.ci release "registry/@rowmark/linux-x64/-" bin program
  cp "$TOP/tool/packages/get" src/tool/packages/
  printf 'VERSION = 1.2.3\n' >src/Makefile
  printf '#!/bin/sh\n' >src/.ci/deps
  chmod +x src/.ci/deps
  # make, as get calls it: make -C DIR -s -jN B=FOLDER FOLDER/rowmark
  printf '#!/bin/sh\nfor last; do :; done\nmkdir -p "${last%%/*}"\necho built >"$last"\n' >bin/make
  printf '#!/bin/sh\necho Linux x86_64\n' >bin/uname
  chmod +x bin/make bin/uname
  mkdir rowmark-1.2.3-linux-x64 package
  echo released >rowmark-1.2.3-linux-x64/rowmark
  echo published >package/rowmark
  tar czf release/rowmark-1.2.3-linux-x64.tar.gz rowmark-1.2.3-linux-x64
  tar czf "registry/@rowmark/linux-x64/-/linux-x64-1.2.3.tgz" package
  cp "registry/@rowmark/linux-x64/-/linux-x64-1.2.3.tgz" rowmark-linux-x64-1.2.3.tgz
  (cd release && sha256sum ./*.tar.gz | sed 's|\./||') >sums
  sha256sum rowmark-linux-x64-1.2.3.tgz >>sums
}

get() {
  run env PATH="$PWD/bin:$PATH" ROWMARK_RELEASES="file://$PWD/release" \
    ROWMARK_REGISTRY="file://$PWD/registry" src/tool/packages/get to
  [ "$status" -eq 0 ]
}

@test "a release whose sum is known and right is taken" {
  cp sums src/tool/packages/SHA256SUMS
  get
  [ "$(cat to/rowmark)" = released ]
}

@test "what was changed on its way is not used, and that is said" {
  cp sums src/tool/packages/SHA256SUMS
  echo more >>release/rowmark-1.2.3-linux-x64.tar.gz
  get
  [[ "$output" == *"is not what"*"not used"* ]]
  [ "$(cat to/rowmark)" = published ]
}

@test "without a release npm's package of the same version is taken" {
  cp sums src/tool/packages/SHA256SUMS
  rm release/*
  get
  [ "$(cat to/rowmark)" = published ]
}

@test "nothing is taken by its name alone: without sums it is built" {
  get
  [ "$(cat to/rowmark)" = built ]
}

@test "another system builds it" {
  cp sums src/tool/packages/SHA256SUMS
  printf '#!/bin/sh\necho Darwin arm64\n' >bin/uname
  get
  [ "$(cat to/rowmark)" = built ]
}
