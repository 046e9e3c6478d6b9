// Taking a row, and giving it back: what `claim` and `release` have in common.
//
//	| parse | Todo  |     |   claim parse --as ada    | parse | Doing | ada |
//	| print | Doing | bob |   claim print --as ada    exit status 3: bob has it, since when
//
// Owner and status are written in one commit, decided under the lock on claims, which all
// worktrees of a repository share: what another one has committed counts too.
#ifndef TOOL_CLAIM_H
#define TOOL_CLAIM_H

#include "owner_since.h"
#include "ready.h"
#include "where.h"
#include "write.h"

// One run of a command on rows with owners.
struct claim {
	struct call *c;
	struct rmk_str as; // s NULL: nobody in particular (release)
	int64_t expires;   // after so many seconds others may take it; 0: never
	struct owners owners;
	struct ready ready;
	const struct rmk_field *noted; // of which it was said that it stays
	struct claim_others *others;   // the other worktrees, once they were looked for
	struct write *writes;
	size_t nwrites, cap;
};

// Read --as and --expires, and take the lock on claims.
enum rmk_code claim_begin(struct call *c, struct claim *out, struct rmk_err *err);

// Who has a row besides `as`, and since when; owner.n 0: nobody. What HEAD says counts where
// the file does not say it, and what another worktree has committed.
struct claim_holder {
	struct rmk_str owner;
	struct owner_since since;
	struct rmk_str where; // "on branch topic"; empty: here
};
enum rmk_code claim_find_holder(struct claim *k, const struct picked_row *row,
    struct claim_holder *out, struct rmk_err *err);

// Whether he has had it for longer than --expires.
bool claim_is_expired(const struct claim *k, const struct claim_holder *holder);

// RMK_FASTER: he has it.
enum rmk_code claim_is_taken(struct call *c, const struct picked_row *row,
    const struct claim_holder *holder, struct rmk_err *err);

// RMK_CONFLICT: a merge has left two sides in a table, so who has a row is not known.
enum rmk_code claim_check_merged(
    const struct picked *tables, size_t n, struct rmk_err *err);

// The row that --next means.
enum rmk_code claim_next(
    struct claim *k, struct picked_row *out, bool *done, struct rmk_err *err);

// Note what is to be written: the owner, and the status where its column has a word for it and
// the row is not so already. What is not written is said.
enum rmk_code claim_write(struct claim *k, const struct picked_row *row,
    struct rmk_str owner, enum rmk_progress progress, struct rmk_err *err);
enum exit_status claim_end(
    struct claim *k, const char *verb, const struct picked_row *rows, size_t n);

// The rows that are named, or that --where chooses, in tables with an owner column: `one` notes
// what is to be written of each, and all are one commit.
enum exit_status claim_each(struct claim *k, const char *verb,
    enum rmk_code (*one)(struct claim *, const struct picked_row *, struct rmk_err *));

// RMK_NOT_FOUND: no column of the table says who has a row.
enum rmk_code claim_no_owner_column(
    struct call *c, const struct picked *p, struct rmk_err *err);

size_t claim_owner_column(struct call *c, const struct picked_row *row);
struct rmk_str claim_owner_cell(struct call *c, const struct picked_row *row);
struct rmk_str claim_row_name(struct call *c, const struct picked_row *row);

#endif
