# rowmark: Markdown tables kept as a database, with git as the log.
#
#   make            librowmark.a, librowmark.so.0 and rowmark, in build/
#   make demo       set up and see it work          make check   set up and run all tests
#   make asan       the tests under sanitizers      make fuzz FOR=60   seconds of fuzzing
#   make tsan       threads under ThreadSanitizer
#   make mutants N=100   small changes of lib/: which of them does no test see?
#   make everyday   writing commands on the corpus' tables, and undo: the bytes return; and random
#                   sequences of all of them against a model
#   make model SEED=1 CASES=2000000   random merges against a model of merging
#   make as-git     what git commit makes and what rowmark makes, side by side
#   make formats    every command in SHA-256 and reftable repositories; make engine, make git3:
#                   the command-line tests with git as the engine, and under a git 3.0 profile
#   make sync-test  many clones writing one table over real transports, racing and killed
#   make bench      speed against named peers       make cover   line coverage of lib/
#   make lsp-test   the language server under npm's client, Neovim, Emacs and random edits
#   make root SUITE=bookworm   packages, README and CI in a fresh Debian
#   make suite ROOT=musl   the command-line tests with the static program in other systems
#   make check PORTABLE=1   with nothing that is Linux' alone      make compiles   for macOS and musl
#   make static     the program without shared libraries      make release   what is given away
#   make install PREFIX=/usr/local DESTDIR=         make uninstall   make dist   make distcheck
#   make format     lay out the code                make deps    install what is missing

VERSION   = 0.1.0
RELEASED  = November 24, 2026
SOVERSION = 0
SUITE     = bookworm
PREFIX    = /usr/local
FOR       = 60
JOBS      = $(shell nproc 2>/dev/null || echo 1)
# What the program and the unit tests are linked to.
LIBROWMARK = $(B)/librowmark.a

B = build
CC ?= cc
# With nothing that is Linux' alone (lib/base/system.h).
ifdef PORTABLE
B = build/portable
CPPFLAGS += -DRMK_PORTABLE
endif
CLANG = clang

STRIP = strip
PKG_CONFIG = pkg-config
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags libgit2 sqlite3 libutf8proc 2>/dev/null)
LIBS := -lcmark-gfm-extensions -lcmark-gfm -lgit2 -lsqlite3 -lutf8proc -linih -lcsv -ljansson -lmd -lz \
	-lpthread -lm

WARN = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla
OPT ?= -O2 -g
SAN ?=
# No path of the builder's machine gets into the result: two builds give the same bytes.
RMK_CFLAGS = -std=c11 -D_GNU_SOURCE -DRMK_VERSION='"$(VERSION)"' -DRMK_RELEASED='"$(RELEASED)"' \
	-Ilib -Itool -Itests $(PKG_CFLAGS) $(WARN) -fPIC -fvisibility=hidden \
	-ffile-prefix-map=$(CURDIR)=. $(OPT) $(SAN) $(CPPFLAGS) $(CFLAGS)

# The loadable extension of SQLite calls SQLite through its host, so its part is compiled
# apart and is no part of the library.
EXT_ONLY := $(sort $(wildcard lib/sql/extension*.c))
LIB_SRC  := $(filter-out $(EXT_ONLY),$(sort $(wildcard lib/*/*.c)))
# With what is made from other files (see $(B)/gen).
LIB_ALL  := $(LIB_SRC) lib/page/page_assets.c lib/schema/vocabulary.c
EXT_SRC  := $(EXT_ONLY) lib/sql/regexp.c $(sort $(wildcard lib/sql/vtab*.c))
TOOL_SRC := $(sort $(wildcard tool/*.c tool/cmd/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
BENCH_SRC := $(sort $(wildcard tests/bench/bench_*.c))
PEER_SRC := $(sort $(wildcard tests/peers/*.c))

LIB_OBJ  = $(LIB_ALL:%.c=$(B)/%.o)
EXT_OBJ  = $(EXT_SRC:%.c=$(B)/ext/%.o) \
	$(patsubst %.c,$(B)/%.o,$(filter-out lib/git/% lib/sync/% lib/sql/% lib/io/% lib/rpc/% lib/lsp/% lib/mcp/% lib/api/%,$(LIB_ALL)) lib/io/file.c lib/io/file_attributes.c lib/io/file_beside.c)
TOOL_OBJ = $(TOOL_SRC:%.c=$(B)/%.o) $(B)/tool/schemas/schemas.o
UNIT     = $(UNIT_SRC:tests/unit/%.c=$(B)/unit/%)
BENCH    = $(BENCH_SRC:tests/bench/%.c=$(B)/bench/%)
PEERS    = $(PEER_SRC:%.c=$(B)/%.o)
FUZZERS  = $(FUZZ_SRC:tests/fuzz/%.c=$(B)/fuzz/%)

all: $(B)/librowmark.a $(B)/librowmark.so.$(SOVERSION) $(B)/rowmark $(B)/rowmark.so

$(B)/ext/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(RMK_CFLAGS) -DRMK_SQL_EXTENSION -MMD -MP -c -o $@ $<

$(B)/rowmark.so: $(EXT_OBJ)
	$(CC) $(SAN) -shared -Wl,-z,defs -o $@ $^ $(LDFLAGS) -lcmark-gfm-extensions -lcmark-gfm -lutf8proc -lpthread -lm

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(RMK_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/gen/lib/page/page_assets.c: lib/page/make-assets lib/page/page.css lib/page/page.js
	@mkdir -p $(@D)
	lib/page/make-assets > $@.new
	mv $@.new $@

$(B)/gen/lib/schema/vocabulary.c: lib/schema/status_words.awk lib/schema/status_words.tsv \
		lib/schema/header_words.tsv
	@mkdir -p $(@D)
	LC_ALL=C awk -v sorted=$@.sorted -f $^ > $@.new
	@rm -f $@.sorted && mv $@.new $@

$(B)/gen/tool/schemas/schemas.c: tool/schemas/make-schemas $(sort $(wildcard tool/schemas/*.json))
	@mkdir -p $(@D)
	tool/schemas/make-schemas > $@.new
	mv $@.new $@

$(B)/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	$(CC) $(RMK_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/librowmark.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) qcsD $@ $^

# It gives to others what lib/rowmark.map names, and nothing else.
EXPORTS = -Wl,--version-script=lib/rowmark.map
$(B)/librowmark.so.$(SOVERSION): $(LIB_OBJ) lib/rowmark.map
	$(CC) $(SAN) -shared -Wl,-soname,$(@F) $(EXPORTS) \
		-o $@ $(LIB_OBJ) $(LDFLAGS) $(LIBS)
	ln -sf $(@F) $(B)/librowmark.so

# Joining thirty shared libraries takes longer than setting a cell, so the program holds
# those whose archives are there (tests/bench/README.md); STATIC= leaves all of them out.
STATIC = $(if $(SAN),,-Wl,--gc-sections -Wl,-Bstatic $(filter-out -lpthread -lm,$(LIBS)) \
	-lpcre2-8 -ledit -ltinfo -lbsd -lmd -Wl,-Bdynamic -lpthread -lm)
$(B)/rowmark: $(TOOL_OBJ) $(LIBROWMARK)
	$(if $(STATIC),$(CC) -o $@ $^ $(LDFLAGS) $(STATIC) 2>/dev/null ||) \
		$(CC) $(SAN) -o $@ $^ $(LDFLAGS) $(LIBS) -ledit
	ln -sf rowmark $(B)/git-rowmark

# The program in which two texts have one hash, for the test that the texts decide.
$(B)/twins/rowmark: $(TOOL_OBJ) lib/base/str.c $(LIBROWMARK)
	@mkdir -p $(@D)
	$(CC) $(RMK_CFLAGS) -DRMK_TWINS -c -o $(@D)/str.o lib/base/str.c
	$(CC) $(SAN) -o $@ $(TOOL_OBJ) $(@D)/str.o $(LIBROWMARK) $(LDFLAGS) $(LIBS) -ledit

# The program that needs nothing of the system it runs on: no shared library, no name service.
STATIC_OBJ = $(B)/tool/packages/static/no_lookups.o $(B)/tool/packages/static/recode.o
static: $(B)/static/rowmark
$(B)/static/rowmark: $(TOOL_OBJ) $(STATIC_OBJ) $(B)/librowmark.a
	@mkdir -p $(@D)
	$(CC) -static-pie -Wl,--gc-sections -Wl,--wrap=dlopen,--wrap=iconv_open,--wrap=iconv,--wrap=iconv_close,-Map=$(@D)/map -o $@ $^ $(LDFLAGS) $(LIBS) \
		-lpcre2-8 -ledit -ltinfo -lbsd -lmd
	$(STRIP) $@

# The static program in roots of other systems; the npm packages in a registry on loopback.
static-test: static
	@tests/dist/static
npm-test: static
	@tests/dist/npm

# The language server under npm's client, random edits of the corpus, Neovim and Emacs.
EDITS = 10000
lsp-test: all
	@tests/lsp/run $(EDITS)

# What is given away: static programs, npm packages, sums, bills of material, in build/release.
release:
	tool/packages/release

# What rowmark is held against, by tests, fuzzers and benches.
$(B)/libpeers.a: $(PEERS)
	@rm -f $@
	$(AR) qcsD $@ $^

$(B)/unit/%: tests/unit/%.c $(B)/libpeers.a $(LIBROWMARK)
	@mkdir -p $(@D)
	$(CC) $(RMK_CFLAGS) -MMD -MP -o $@ $< $(B)/libpeers.a $(LIBROWMARK) $(LDFLAGS) \
		$(UNIT_LDFLAGS) -lcmocka $(LIBS)

# It lets memory run out, one allocation after the other.
$(B)/unit/test_api: UNIT_LDFLAGS = -Wl,--wrap=malloc,--wrap=realloc

$(B)/bench/%: tests/bench/%.c $(B)/libpeers.a $(B)/librowmark.a
	@mkdir -p $(@D)
	$(CC) $(RMK_CFLAGS) -MMD -MP -o $@ $< $(B)/libpeers.a $(B)/librowmark.a $(LDFLAGS) $(LIBS)

units: $(UNIT) $(B)/model_merge $(B)/twins/rowmark

# Random merges held against a model of what a person may expect (tests/model/model.h): SEED,
# and CASES of five merges each.
SEED  = 1
CASES = 2000000
$(B)/model_merge: $(sort $(wildcard tests/model/*.c)) $(wildcard tests/model/*.h) $(LIBROWMARK)
	$(CC) -std=c11 -D_GNU_SOURCE $(OPT) $(SAN) -Wall -Wextra -Wshadow -Wno-format-truncation \
		-Ilib -Itests/model -o $@ $(filter %.c,$^) $(LIBROWMARK) $(LDFLAGS) $(LIBS)

model: $(B)/model_merge
	$(B)/model_merge $(SEED) $(CASES)

# --- tests --------------------------------------------------------------------

check: deps
	@$(MAKE) --no-print-directory -s -j$(JOBS) all units
	@B=$(B) tests/run

# What is quick enough to run before every commit: unit tests and lint.
quick: all units
	@B=$(B) tests/run unit lint

# Sanitizers: the same tests, another build.
ASAN = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
asan: deps
	@$(MAKE) --no-print-directory -s -j$(JOBS) B=build/asan SAN="$(ASAN)" OPT="-O1 -g" all units
	@B=build/asan ROWMARK_SAN=1 \
		LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
		tests/run unit cli

# Threads that share documents, and none that share anything else, under ThreadSanitizer.
tsan: deps
	@$(MAKE) --no-print-directory -s B=build/tsan SAN=-fsanitize=thread OPT="-O1 -g" build/tsan/unit/test_threads
	build/tsan/unit/test_threads

# Fuzzers share FOR seconds; each keeps its seeds and found cases in tests/fuzz/NAME/.
FUZZ_CFLAGS = $(filter-out -fPIC,$(RMK_CFLAGS)) -O1 -fno-sanitize-recover=undefined -MMD -MP
FUZZ_OBJ = $(LIB_ALL:%.c=$(B)/fuzz/obj/%.o) $(PEER_SRC:%.c=$(B)/fuzz/obj/%.o)

$(B)/fuzz/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CLANG) $(FUZZ_CFLAGS) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<

$(B)/fuzz/obj/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	$(CLANG) $(FUZZ_CFLAGS) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<

$(B)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_OBJ)
	$(CLANG) $(FUZZ_CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $< $(FUZZ_OBJ) \
		$(LDFLAGS) $(LIBS)

fuzz: deps
	@$(MAKE) --no-print-directory -s -j$(JOBS) $(FUZZERS)
	@B=$(B) tests/fuzz/run $(FOR)

# Every command that writes, ended or failing at every system call, in five states.
kills: all
	tests/faults/commands $(if $(EVERY),--every $(EVERY))
	tests/faults/driver $(if $(EVERY),--every $(EVERY))

# What cannot be read, at every system call that looks at a file.
reads: all
	tests/faults/reads

# Many that claim rows at once, beside other trackers where npm has them.
claims: all
	tests/beside/claims $(AT_ONCE)

# Many at once, every command: of the long form, 200 rounds of 8 and of 32.
races: all
	tests/faults/races $(or $(ROUNDS),200)

# A byte flipped, or the file cut, at every place of small repositories.
damage: all
	tests/faults/damage $(or $(EVERY),1)

# What large and hostile input costs: every command on every shape of a list.
cost: all
	tests/faults/cost

bench: deps
	@$(MAKE) --no-print-directory -s all $(BENCH)
	@B=$(B) tests/bench/run

cover: deps
	@$(MAKE) --no-print-directory -s B=build/cover SAN=--coverage OPT="-O0 -g" all units
	@B=build/cover ROWMARK_COVER=1 tests/run unit cli
	@tests/lint/cover build/cover

# Survivors with a reason are in tests/mutants.txt.
N = 100
SEED = 1
mutants: deps
	@tests/mutate $(N) $(SEED)

# What check finds and mends, held against labels by eye and against what cmark-gfm shows.
meaning: deps
	@$(MAKE) --no-print-directory -s all
	@tests/peers/broken $(abspath $(B))/rowmark
	@tests/peers/lost $(abspath $(B))/rowmark
	@tests/peers/lost_commits $(abspath $(B))/rowmark
	@tests/peers/meaning $(abspath $(B))/rowmark
	@tests/peers/summaries $(abspath $(B))/rowmark

# The main commands under memcheck.
valgrind: deps
	@$(MAKE) --no-print-directory -s all
	ROWMARK=$(CURDIR)/$(B)/rowmark bats tests/cli/valgrind.bats

# Other eyes: clang's warnings, clang-tidy and gcc's analyzer.
tidy: export FLAGS = $(filter-out -fPIC,$(RMK_CFLAGS))
tidy:
	@tests/lint/tidy $(LIB_SRC) $(EXT_ONLY) $(TOOL_SRC)

# Other tools in one repository: lefthook, lint-staged with husky, pre-commit, prek and more.
beside: all
	tests/beside/run

# Many clones and one table: over real transports, racing, killed; and every merge of the corpus landed.
sync-test: all
	tests/sync/land_merges
	tests/sync/clones
	tests/sync/clones --server http --clones 3 --changes 4 --every-second
	tests/sync/clones --server path --clones 3 --changes 3 --slow 1
	tests/sync/clones --server http --clones 3 --changes 6 --dies 5
	tests/sync/clones --server http --clones 3 --changes 3 --kind shallow
	tests/sync/clones --server http --clones 3 --changes 3 --kind partial
	tests/sync/clones --server http --clones 3 --changes 3 --format sha256
	tests/sync/clones --server http --server path --cost 15
	tests/sync/race
	tests/sync/two_machines
	tests/sync/kills
	tests/sync/kills group

# The MCP server with the client of npm's SDK, many at once, and a thousand that are dropped.
mcp-test: all
	tests/mcp/run

# Thousands of repositories into DuckDB and PostgreSQL: docs/scale.md.
scale: all
	tests/scale/run

# What git commit makes and what rowmark makes, in many repositories and settings.
everyday: all
	tests/everyday

as-git: all
	tests/git/as_git

# Every command where libgit2 is no help: SHA-256, reftable; many writers at once.
formats: all
	tests/git/formats

# The command-line tests with git as the engine, and as git 3.0 will make repositories.
engine: all
	@B=$(B) ROWMARK_TEST_ENGINE=git tests/run cli
git3: all
	@B=$(B) tests/git/git3

# Debian (12; SUITE=trixie, SUITE=forky) as a stranger has it: the packages, the README and CI in roots made by debootstrap.
root:
	SUITE=$(SUITE) tests/dist/root

# Every file through a compiler for macOS and one for musl, where they are here.
compiles: all
	B=$(B) tests/dist/compiles

# The command-line tests with the static program in Debian 11 to testing, musl, and for arm64.
suite: static
	@tests/dist/suite $(ROOT)

# The steps of action.yml as a runner takes them; an older program (FROM) and this one in one place.
action-test: release
	@tests/dist/action
upgrade: all
	@tests/dist/upgrade $(FROM) $(B)/rowmark

# The README followed word for word: how many commands, how long, and is it true? FROM=tarball, npm:
# set up from what `make release` made.
stranger:
	tests/dist/stranger $(FROM)

# What has changed for programs since another build of the library: make abidiff OLD=FILE.so
OLD = tests/abi/first.abi
abidiff: $(B)/librowmark.so.$(SOVERSION)
	abidiff $(OLD) $<

# --- set-up -------------------------------------------------------------------

demo:
	@.ci/deps build
	@echo "Building rowmark in $(B)/: $(words $(LIB_ALL) $(TOOL_SRC)) files, a minute or two the first time."
	@$(MAKE) --no-print-directory -s -j$(JOBS) all
	@echo "Built. What it does, in a folder that is thrown away:"
	@B=$(B) examples/demo

deps:
	@.ci/deps

format:
	clang-format -i $(shell git ls-files '*.c' '*.h')

# --- install ------------------------------------------------------------------

BINDIR  = $(PREFIX)/bin
LIBDIR  = $(PREFIX)/lib
INCDIR  = $(PREFIX)/include
MANDIR  = $(PREFIX)/share/man
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR  = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
D = $(DESTDIR)

# Manual pages and completions come from the commands' own tables, as the program prints them: RUN is
# what starts one of another processor (qemu-aarch64-static).
RUN =
CMDS := $(shell sed -n 's/^CMD(\(.*\))$$/\1/p' tool/cmds.def)
MAN1 = rowmark.1 $(CMDS:%=rowmark-%.1)

man: $(B)/man/.done
$(B)/man/.done: $(B)/rowmark
	@mkdir -p $(@D)
	$(RUN) $(B)/rowmark help --mdoc > $(@D)/rowmark.1
	for c in $(CMDS); do $(RUN) $(B)/rowmark help --mdoc $$c > $(@D)/rowmark-$$c.1 || exit 1; done
	@touch $@

install: all man
	install -d $(D)$(BINDIR) $(D)$(LIBDIR)/pkgconfig $(D)$(LIBDIR)/rowmark $(D)$(BASHDIR) \
		$(D)$(ZSHDIR) $(D)$(FISHDIR) $(D)$(MANDIR)/man1 $(D)$(MANDIR)/man3 $(D)$(MANDIR)/man5
	install -m 755 $(B)/rowmark $(D)$(BINDIR)/rowmark
	ln -sf rowmark $(D)$(BINDIR)/git-rowmark
	install -m 644 $(B)/librowmark.a $(D)$(LIBDIR)/
	install -m 644 $(B)/librowmark.so.$(SOVERSION) $(D)$(LIBDIR)/
	ln -sf librowmark.so.$(SOVERSION) $(D)$(LIBDIR)/librowmark.so
	install -m 644 $(B)/rowmark.so $(D)$(LIBDIR)/rowmark/
	install -D -m 644 lib/rowmark.h $(D)$(INCDIR)/rowmark.h
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' \
		lib/rowmark.pc.in > $(D)$(LIBDIR)/pkgconfig/rowmark.pc
	install -m 644 $(MAN1:%=$(B)/man/%) $(D)$(MANDIR)/man1/
	ln -sf rowmark.1 $(D)$(MANDIR)/man1/git-rowmark.1
	install -m 644 docs/librowmark.3 $(D)$(MANDIR)/man3/
	install -m 644 docs/rowmark-schema.5 $(D)$(MANDIR)/man5/
	$(RUN) $(B)/rowmark completion bash > $(D)$(BASHDIR)/rowmark
	ln -sf rowmark $(D)$(BASHDIR)/git-rowmark
	$(RUN) $(B)/rowmark completion zsh > $(D)$(ZSHDIR)/_rowmark
	$(RUN) $(B)/rowmark completion fish > $(D)$(FISHDIR)/rowmark.fish

uninstall:
	rm -f $(D)$(BINDIR)/rowmark $(D)$(BINDIR)/git-rowmark $(D)$(LIBDIR)/librowmark.a \
		$(D)$(LIBDIR)/librowmark.so $(D)$(LIBDIR)/librowmark.so.$(SOVERSION) \
		$(D)$(LIBDIR)/pkgconfig/rowmark.pc $(MAN1:%=$(D)$(MANDIR)/man1/%) \
		$(D)$(MANDIR)/man1/git-rowmark.1 $(D)$(MANDIR)/man3/librowmark.3 \
		$(D)$(MANDIR)/man5/rowmark-schema.5 $(D)$(BASHDIR)/rowmark \
		$(D)$(BASHDIR)/git-rowmark $(D)$(ZSHDIR)/_rowmark $(D)$(FISHDIR)/rowmark.fish
	rm -f $(D)$(INCDIR)/rowmark.h
	rm -rf $(D)$(LIBDIR)/rowmark

# The same commit gives the same bytes.
dist:
	@mkdir -p $(B)
	git archive --format=tar --prefix=rowmark-$(VERSION)/ HEAD | gzip -9n > $(B)/rowmark-$(VERSION).tar.gz

distcheck: dist
	tests/dist/run $(B)/rowmark-$(VERSION).tar.gz

reproducible:
	tests/lint/reproducible

clean:
	rm -rf build

.PHONY: suite action-test upgrade lsp-test sync-test scale compiles static static-test npm-test release kills reads races claims damage cost all units model check quick asan tsan fuzz bench meaning cover mutants valgrind tidy beside root everyday as-git formats engine git3 stranger abidiff demo deps format \
	man install uninstall dist distcheck reproducible clean
.SECONDARY:

-include $(LIB_OBJ:.o=.d) $(EXT_OBJ:.o=.d) $(PEERS:.o=.d) $(TOOL_OBJ:.o=.d) $(UNIT:%=%.d) \
	$(BENCH:%=%.d) $(FUZZ_OBJ:.o=.d) $(FUZZERS:%=%.d)
