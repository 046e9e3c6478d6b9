// Words that stand once, whatever rows they are in.
#include "model.h"

#include <stdlib.h>
#include <string.h>

#define MOST_TOKENS MODEL_TOKENS

static void
count_tokens(const char *text, size_t n, unsigned char count[MOST_TOKENS])
{
	memset(count, 0, MOST_TOKENS);
	for (size_t i = 0; i + 1 < n; i++) {
		if ((text[i] == 'q' || text[i] == 'G') && text[i + 1] >= '0' &&
		    text[i + 1] <= '9') {
			int token = atoi(text + i + 1);

			if (token < MOST_TOKENS && count[token] < 9)
				count[token]++;
		}
	}
}

// Two rows that both sides added may have a cell in common, and be two.
static bool
strangers_share(const struct model_case *c, int token)
{
	return c->shared[token];
}

static int
row_of_token(const struct model_version *v, int token)
{
	for (int t = 0; t < v->ntables; t++) {
		for (int r = 0; r < v->tables[t].nrows; r++) {
			for (int k = 0; k < MODEL_KINDS; k++) {
				const char *q = strpbrk(
				    v->tables[t].rows[r].cell[k], "qG");

				if (q && atoi(q + 1) == token)
					return v->tables[t].rows[r].id;
			}
		}
	}
	return -1;
}

// Whether the side that has a word of base has it in another row: it took it away there, as the other
// side did, and wrote it anew here.
static bool
wrote_anew(const struct model_case *c, int token, bool in_ours)
{
	int is = row_of_token(in_ours ? &c->ours : &c->theirs, token);

	return is >= 0 && is != row_of_token(&c->base, token);
}

// Of one reading or another: what a side wrote is there, once, unless both wrote it where base had
// it not; what a side took away is not.
const char *
model_judge_tokens(const struct model_case *c, const char *text, size_t n)
{
	static unsigned char is[4][MOST_TOKENS];
	static char version[MODEL_TEXT];

	for (int v = 0; v < 3; v++)
		count_tokens(version,
		    model_print(v == 0   ? &c->base
				: v == 1 ? &c->ours
					 : &c->theirs,
			version),
		    is[v]);
	count_tokens(text, n, is[3]);
	for (int i = 0; i < c->next_token && i < MOST_TOKENS; i++) {
		bool b = is[0][i], o = is[1][i], t = is[2][i];

		if (is[3][i] > 1 && (b || !(o && t)) && is[0][i] < 2 && is[1][i] < 2 &&
		    is[2][i] < 2 && !strangers_share(c, i))
			return "doubled: a cell stands twice";
		if (is[3][i] && !(b ? o && t : o || t) &&
		    !(b && (o || t) && wrote_anew(c, i, o)))
			return "revived: a cell that a side took away";
		if (!is[3][i] && (b ? o && t : o || t))
			return "lost: a cell that a side wrote, or both kept";
	}
	return NULL;
}
