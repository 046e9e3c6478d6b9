// Completing a command line from the tables that parse it.
//
//	rowmark set lo|          operand 1 of "ROW VALUE [FILE[#TABLE]]": a ROW
//	rowmark set lora |       operand 2: a VALUE of the row's status column
//	rowmark ls --form|       an option of ls
//	rowmark ls --format |    one of the option's own list
//
// What an operand is is read from the command's args, so a new command completes without a
// word here as long as its args are FILE, ROW, VALUE, COLUMN=VALUE, SHELL or COMMAND.
#include "complete.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "schema/owner.h"
#include "table/value.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

// More candidates than a person would read through.
#define CANDIDATES_MOST 500

struct completion {
	struct call *call;
	const struct cmd *cmd;
	struct rmk_str word;     // what the candidates must start with
	const char *operands[8]; // before the word
	size_t noperands;
	const char *file;          // an operand or -f that names a file; NULL: all files
	const struct opt *pending; // the option whose value the word is
	bool options_end;          // "--" was seen
	struct rmk_map said;
	size_t nsaid;
};

static bool
starts_nocase(struct rmk_str text, struct rmk_str prefix)
{
	return text.n >= prefix.n &&
	       rmk_str_eq_nocase(rmk_str_part(text, 0, prefix.n), prefix);
}

// One candidate, once; what could break the protocol or a shell's line is left out.
static void
complete_say(struct completion *k, struct rmk_str text, struct rmk_str help)
{
	size_t *slot;

	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.s[i] < 0x20)
			return;
	}
	if (text.n == 0 || !starts_nocase(text, k->word) || k->nsaid == CANDIDATES_MOST)
		return;
	slot = rmk_map_put(&k->said, text);
	if (*slot != RMK_NONE)
		return;
	*slot = k->nsaid++;
	out_str(text);
	out_str(RMK_STR("\t"));
	out_shown(STYLE_PLAIN, help);
	out_fill('\n', 1);
}

static void
say_list(struct completion *k, const char *words)
{
	struct rmk_str rest = rmk_str_of(words), word;

	while (rmk_str_split(&rest, ' ', &word))
		complete_say(k, word, RMK_STR(""));
}

static void
say_options(struct completion *k, const struct opt *opts)
{
	for (const struct opt *o = opts; o && o->help; o++)
		complete_say(k, rmk_str_printf(k->call->arena, "--%s", o->name),
		    rmk_str_of(o->help));
}

static void
say_commands(struct completion *k)
{
	for (const struct cmd_entry *e = cmds; e->heading || e->cmd; e++) {
		if (e->cmd)
			complete_say(
			    k, rmk_str_of(e->cmd->name), rmk_str_of(e->cmd->line));
	}
}

// --- from the files ---------------------------------------------------------------------

// The tables that the command line has narrowed things down to.
static size_t
tables(struct completion *k, struct picked **out)
{
	char *word = k->file ? rmk_str_c(k->call->arena, rmk_str_of(k->file)) : NULL;
	struct rmk_err err;
	size_t n;

	return open_tables(k->call, &word, word != NULL, out, &n, &err) ? 0 : n;
}

static void
say_files(struct completion *k)
{
	bool in_table = rmk_str_chr(k->word, '#') != RMK_NONE;
	struct wanted *wanted;
	struct picked *all;
	struct rmk_err err;
	size_t n;

	if (!in_table) {
		if (open_wanted(k->call, NULL, 0, &wanted, &n, &err))
			return;
		for (size_t i = 0; i < n; i++)
			complete_say(k, wanted[i].source->path, RMK_STR(""));
		return;
	}
	k->file = rmk_str_c(k->call->arena, rmk_address_parse(k->word).file);
	n = tables(k, &all);
	for (size_t i = 0; i < n; i++)
		complete_say(k, picked_address(k->call->arena, &all[i]),
		    rmk_str_printf(k->call->arena, "%u rows",
			all[i].file->doc->tables[all[i].table].nrows));
}

// One table that the command line is about.
struct about {
	struct completion *k;
	const struct rmk_table *table;
	const struct rmk_schema *schema;
	const struct picked *picked;
	struct rmk_str address;
};

static void
complete_rows(const struct about *t)
{
	struct call *call = t->k->call;

	for (size_t r = 0; r < t->table->nrows; r++)
		complete_say(t->k,
		    rmk_address_row(call->arena, t->picked->file->doc, t->picked->table,
			t->schema, r),
		    t->address);
}

static void
complete_columns(const struct about *t)
{
	for (size_t c = 0; c < t->schema->ncols; c++)
		complete_say(t->k, t->schema->fields[c].label, t->address);
}

static void
complete_assignments(const struct about *t)
{
	for (size_t c = 0; c < t->schema->ncols; c++)
		complete_say(t->k,
		    rmk_str_printf(
			t->k->call->arena, "%.*s=", RMK_FMT(t->schema->fields[c].label)),
		    t->address);
}

// "Status=" is completed by the column's values.
static void
complete_assigned(const struct about *t)
{
	size_t equals = rmk_str_chr(t->k->word, '=');
	struct rmk_str key = rmk_value_key(
	    t->k->call->arena, rmk_str_part(t->k->word, 0, equals));

	for (size_t c = 0; equals != RMK_NONE && c < t->schema->ncols; c++) {
		const struct rmk_field *f = &t->schema->fields[c];

		for (size_t i = 0; rmk_str_eq(f->key, key) && i < f->nterms; i++)
			complete_say(t->k,
			    rmk_str_printf(t->k->call->arena, "%.*s=%.*s", (int)equals,
				t->k->word.s, RMK_FMT(f->terms[i].text)),
			    t->address);
	}
}

// The values of the columns that have a list of them.
static void
complete_values(const struct about *t)
{
	for (size_t c = 0; c < t->schema->ncols; c++) {
		const struct rmk_field *f = &t->schema->fields[c];

		for (size_t i = 0; i < f->nterms; i++)
			complete_say(t->k, f->terms[i].text, f->label);
	}
}

// Who has rows already.
static void
complete_owners(const struct about *t)
{
	struct rmk_arena *a = t->k->call->arena;
	size_t col = rmk_schema_owner(t->schema);

	for (size_t r = 0; col != RMK_NONE && r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(
		    t->picked->file->doc, &t->table->rows[r], col);

		if (!rmk_owner_is_nobody(a, raw))
			complete_say(t->k, rmk_value_text(a, raw), t->address);
	}
}

static void
complete_from_tables(struct completion *k, void (*complete)(const struct about *t))
{
	struct picked *all;
	size_t n = tables(k, &all);

	for (size_t i = 0; i < n; i++) {
		struct about t = {.k = k,
		    .table = &all[i].file->doc->tables[all[i].table],
		    .schema = file_schema(k->call->arena, all[i].file, all[i].table),
		    .picked = &all[i],
		    .address = picked_address(k->call->arena, &all[i])};

		complete(&t);
	}
}

// --- where the word is ----------------------------------------------------------------------

// The name of operand i in "ROW VALUE [FILE[#TABLE]...]"; the last one repeats if it may.
static struct rmk_str
complete_operand_name(const struct cmd *cmd, size_t i)
{
	struct rmk_str rest = rmk_str_of(cmd->args), word, last = {0};

	for (size_t k = 0; rmk_str_split(&rest, ' ', &word); k++) {
		last = word;
		if (k == i)
			return word;
	}
	return rmk_str_find(last, RMK_STR("...")) != RMK_NONE ? last
	                                                      : (struct rmk_str){0};
}

static bool
speaks_of(struct rmk_str name, const char *what)
{
	return rmk_str_find(name, rmk_str_of(what)) != RMK_NONE;
}

// Operands in small letters stand for themselves: "show|infer|export".
static void
say_verbs(struct completion *k, struct rmk_str name)
{
	struct rmk_str word;

	while (rmk_str_split(&name, '|', &word))
		complete_say(k, word, RMK_STR(""));
}

static void
say_named(struct completion *k, struct rmk_str name)
{
	if (name.n && (islower((unsigned char)name.s[0])))
		say_verbs(k, name);
	else if (speaks_of(name, "COLUMN=")) {
		complete_from_tables(k, complete_assignments);
		complete_from_tables(k, complete_assigned);
		say_files(k);
	} else if (rmk_str_eq(name, RMK_STR("COLUMN"))) {
		if (!k->noperands || strcmp(k->operands[0], "add") != 0)
			complete_from_tables(k, complete_columns);
	} else if (speaks_of(name, "FILE"))
		say_files(k);
	else if (speaks_of(name, "ROW"))
		complete_from_tables(k, complete_rows);
	else if (speaks_of(name, "VALUE"))
		complete_from_tables(k, complete_values);
	else if (speaks_of(name, "SHELL"))
		say_list(k, "bash zsh fish");
	else if (speaks_of(name, "COMMAND"))
		say_commands(k);
}

// Behind an operand that may be repeated, its like and all that follow it may stand.
static void
say_operand(struct completion *k)
{
	struct rmk_str rest = rmk_str_of(k->cmd->args), word;
	bool repeated = false;

	for (size_t i = 0; rmk_str_split(&rest, ' ', &word) && i <= k->noperands; i++)
		repeated = repeated || speaks_of(word, "...");
	if (!repeated) {
		say_named(k, complete_operand_name(k->cmd, k->noperands));
		return;
	}
	rest = rmk_str_of(k->cmd->args);
	for (repeated = false; rmk_str_split(&rest, ' ', &word);) {
		repeated = repeated || speaks_of(word, "...");
		if (repeated)
			say_named(k, word);
	}
}

static void
say_option_value(struct completion *k)
{
	struct rmk_str name = rmk_str_of(k->pending->arg);

	if (k->pending->oneof && *k->pending->oneof)
		say_list(k, k->pending->oneof);
	else if (speaks_of(name, "COLUMN"))
		complete_from_tables(k, complete_columns);
	else if (speaks_of(name, "FILE"))
		say_files(k);
	else if (strcmp(k->pending->name, "as") == 0)
		complete_from_tables(k, complete_owners);
	else if (speaks_of(name, "VALUE") || speaks_of(name, "OLD"))
		complete_from_tables(k, complete_values);
}

static const struct opt *
find_option(const struct completion *k, const char *word)
{
	const struct opt *lists[] = {k->cmd ? k->cmd->opts : NULL, opt_common};

	for (size_t i = 0; i < 2; i++) {
		for (const struct opt *o = lists[i]; o && o->help; o++) {
			bool is_long = strncmp(word, "--", 2) == 0 &&
			               strcmp(word + 2, o->name) == 0;

			if (is_long || (word[0] == '-' && o->letter &&
					   word[1] == o->letter && !word[2]))
				return o;
		}
	}
	return NULL;
}

// Take one word before the cursor: an option, its value, the command, or an operand.
static void
complete_take(struct completion *k, const char *word)
{
	if (k->pending) {
		if (strcmp(k->pending->name, "file") == 0)
			k->file = word;
		k->pending = NULL;
		return;
	}
	if (!k->options_end && strcmp(word, "--") == 0) {
		k->options_end = true;
		return;
	}
	if (!k->options_end && word[0] == '-' && word[1]) {
		const struct opt *o = find_option(k, word);

		k->pending = o && o->arg ? o : NULL;
		return;
	}
	if (!k->cmd) {
		k->cmd = cmd_find(word);
		return;
	}
	if (speaks_of(rmk_str_of(k->cmd->args), "FILE") &&
	    operand_is_file(k->call, word, OPERANDS_STDIN))
		k->file = word;
	if (k->noperands < sizeof k->operands / sizeof *k->operands)
		k->operands[k->noperands++] = word;
}

void
complete_words(struct call *c, char *const *words, size_t n)
{
	struct completion k = {.call = c, .said = {.arena = c->arena}};

	if (n == 0)
		return;
	for (size_t i = 0; i + 1 < n; i++)
		complete_take(&k, words[i]);
	k.word = rmk_str_of(words[n - 1]);
	if (k.pending)
		say_option_value(&k);
	else if (!k.options_end && rmk_str_starts(k.word, RMK_STR("-"))) {
		say_options(&k, k.cmd ? k.cmd->opts : NULL);
		say_options(&k, opt_common);
	} else if (!k.cmd)
		say_commands(&k);
	else
		say_operand(&k);
}
