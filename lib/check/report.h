// Findings as text, for people and for other tools.
//
//	findings ──▶ full, concise                       a terminal, an editor's list
//	         ├─▶ json, jsonl                         scripts
//	         ├─▶ sarif, github, gitlab, rdjson       code scanning, annotations, review
//	         └─▶ junit                               test reports
//
// Each format is a pure function. Columns are bytes in ours and in rdjson, UTF-16 code
// units in SARIF and annotations; one converter does it.
#ifndef RMK_CHECK_REPORT_H
#define RMK_CHECK_REPORT_H

#include "base/buf.h"
#include "check/check.h"

struct rmk_report {
	const struct rmk_finding *v; // [n] by file, then by line; NULL: at gives them
	size_t n;
	const struct rmk_str
	    *paths; // [npaths] every file that was checked; junit's alone
	size_t npaths;
	bool color; // full and concise: with the escapes of terminals
	// One of them, true until the next is asked for (kept.h).
	const struct rmk_finding *(*at)(void *ctx, size_t i);
	void *ctx;
};

static inline const struct rmk_finding *
rmk_report_at(const struct rmk_report *r, size_t i)
{
	return r->v ? &r->v[i] : r->at(r->ctx, i);
}

struct rmk_report_format {
	const char *name;
	void (*write)(struct rmk_buf *out, const struct rmk_report *report);
};
extern const struct rmk_report_format rmk_report_formats[]; // ends with {NULL}

void rmk_report_full(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_concise(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_json(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_jsonl(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_sarif(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_github(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_gitlab(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_rdjson(struct rmk_buf *out, const struct rmk_report *r);
void rmk_report_junit(struct rmk_buf *out, const struct rmk_report *r);

// The table of rules: for people, and as JSON.
void rmk_report_rules(struct rmk_buf *out, bool color);
void rmk_report_rules_json(struct rmk_buf *out);

// A column in bytes as one in UTF-16 code units, on its line.
uint32_t rmk_report_utf16(struct rmk_str line, uint32_t col);

// The same for a finding wherever it moves: of file, table, row and rule, not of the line.
// seen counts those that came out equal, so that each gets its own.
struct rmk_map;
struct rmk_str rmk_report_fingerprint(
    struct rmk_buf *out, const struct rmk_finding *f, struct rmk_map *seen);

#endif
