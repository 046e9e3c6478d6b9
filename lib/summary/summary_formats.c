// A summary in the formats that other programs and pages read.
#include "summary/summary_formats.h"
#include "summary/chart.h"

#include "base/json.h"

#include <string.h>

#define MD_BAR_COLUMNS 10

static const struct {
	const char *name;
	enum rmk_summary_format format;
} formats[] = {
    {"text", RMK_SUMMARY_TEXT},
    {"md", RMK_SUMMARY_MD},
    {"json", RMK_SUMMARY_JSON},
    {"csv", RMK_SUMMARY_CSV},
    {"svg", RMK_SUMMARY_SVG},
    {"shields", RMK_SUMMARY_SHIELDS},
    {"mermaid", RMK_SUMMARY_MERMAID},
};

bool
rmk_summary_format_of(struct rmk_str name, enum rmk_summary_format *out)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (rmk_str_eq(name, rmk_str_of(formats[i].name))) {
			*out = formats[i].format;
			return true;
		}
	}
	return false;
}

const struct rmk_tally *
rmk_summary_whole(const struct rmk_summary *s)
{
	return s->ntables == 1 ? &s->tables[0].tally : &s->total;
}

// --- md -------------------------------------------------------------------------

// Text as the content of a cell: nothing in it may end the cell or start markup.
static void
add_md(struct rmk_buf *out, struct rmk_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i];
		if (c == '\n' || c == '\r' || c == '\0')
			c = ' ';
		if (c && strchr("\\`*_[]<>|#~&", c))
			rmk_buf_addc(out, '\\');
		rmk_buf_addc(out, c);
	}
}

static void
add_md_link(struct rmk_buf *out, const struct rmk_part *table, bool local)
{
	rmk_buf_addc(out, '[');
	add_md(out, local ? table->name : table->label);
	rmk_buf_adds(out, "](");
	if (!local) {
		for (size_t i = 0; i < table->file.n; i++) {
			unsigned char c = (unsigned char)table->file.s[i];
			if (c <= ' ' || c == 0x7F || strchr("()|<>\\%", c))
				rmk_buf_printf(out, "%%%02X", c);
			else
				rmk_buf_addc(out, (char)c);
		}
	}
	if (table->anchor.n || local) {
		rmk_buf_addc(out, '#');
		rmk_buf_add(out, table->anchor);
	}
	rmk_buf_adds(out, ") ");
}

static void
add_md_numbers(struct rmk_buf *out, struct rmk_arena *a, const struct rmk_tally *t)
{
	rmk_buf_printf(out, "| %zu of %zu | ", t->by[RMK_DONE], rmk_tally_open(t));
	rmk_chart_bar(out, t->by[RMK_DONE], rmk_tally_open(t), MD_BAR_COLUMNS, false);
	rmk_buf_printf(out, " %u %% | ", rmk_tally_percent(t));
	add_md(out, rmk_summary_values(a, t, false));
	rmk_buf_adds(out, " |\n");
}

// What names the lines of the table.
struct md_columns {
	bool table, column, group;
};

static void
add_md_line(struct rmk_buf *out, struct rmk_arena *a, const struct md_columns *show,
    const struct rmk_part *table, const struct rmk_part *column,
    const struct rmk_part *group, bool local)
{
	const struct rmk_part *last = group ? group : column ? column : table;

	if (show->table) {
		rmk_buf_adds(out, "| ");
		add_md_link(out, table, local);
	}
	if (show->column) {
		rmk_buf_adds(out, "| ");
		add_md(out, column ? column->label : table->column);
		rmk_buf_addc(out, ' ');
	}
	if (show->group) {
		rmk_buf_adds(out, "| ");
		add_md(out, group->label);
		rmk_buf_addc(out, ' ');
	}
	add_md_numbers(out, a, &last->tally);
}

static void
add_md_part(struct rmk_buf *out, struct rmk_arena *a, const struct md_columns *show,
    const struct rmk_part *table, const struct rmk_part *column, bool local)
{
	const struct rmk_part *part = column ? column : table;

	if (!column && part->nparts && part->parts[0].kind == RMK_PART_COLUMN) {
		for (size_t i = 0; i < part->nparts; i++)
			add_md_part(out, a, show, table, &part->parts[i], local);
		return;
	}
	if (!show->group)
		add_md_line(out, a, show, table, column, NULL, local);
	for (size_t i = 0; i < part->nparts; i++)
		add_md_line(out, a, show, table, column, &part->parts[i], local);
}

// The words of the header are chosen so that no column looks like a status.
static void
write_md(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out)
{
	struct md_columns show = {.group = s->by.n > 0};
	size_t before;

	for (size_t i = 0; i < s->ntables; i++) {
		const struct rmk_part *t = &s->tables[i];
		show.column |= t->nparts && t->parts[0].kind == RMK_PART_COLUMN;
	}
	show.table = s->ntables > 1 || (!show.column && !show.group);
	before = (size_t)show.table + show.column + show.group;
	if (show.table)
		rmk_buf_adds(out, "| Table ");
	if (show.column)
		rmk_buf_adds(out, "| Column ");
	if (show.group) {
		rmk_buf_adds(out, "| ");
		add_md(out, s->by);
		rmk_buf_addc(out, ' ');
	}
	rmk_buf_adds(out, "| Rows | Share | Values |\n");
	for (size_t i = 0; i < before; i++)
		rmk_buf_adds(out, "| :-- ");
	rmk_buf_adds(out, "| --: | :-- | :-- |\n");
	for (size_t i = 0; i < s->ntables; i++)
		add_md_part(out, s->arena, &show, &s->tables[i], NULL, style->local);
	if (s->ntables > 1) {
		rmk_buf_adds(out, "| total ");
		for (size_t i = 1; i < before; i++)
			rmk_buf_adds(out, "| ");
		add_md_numbers(out, s->arena, &s->total);
	}
}

// --- json and csv ---------------------------------------------------------------

static void
json_numbers(struct rmk_json *j, const struct rmk_tally *t)
{
	rmk_json_number(j, "total", (long long)t->total);
	for (size_t i = 0; i < RMK_NPROGRESS; i++)
		rmk_json_number(
		    j, rmk_progress_name((enum rmk_progress)i), (long long)t->by[i]);
	rmk_json_number(j, "percent", rmk_tally_percent(t));
	rmk_json_array(j, "values");
	for (size_t i = 0; i < t->ncounts; i++) {
		const struct rmk_count *c = &t->counts[i];
		rmk_json_object(j, NULL);
		rmk_json_text(j, "value", c->text);
		rmk_json_cstr(j, "progress", rmk_progress_name(c->progress));
		rmk_json_number(j, "count", (long long)c->n);
		rmk_json_array(j, "spellings");
		for (size_t k = 0; k < t->nspellings; k++) {
			if (!rmk_str_eq(t->spellings[k].key, c->key))
				continue;
			rmk_json_object(j, NULL);
			rmk_json_text(j, "text", t->spellings[k].text);
			rmk_json_number(j, "count", (long long)t->spellings[k].n);
			rmk_json_end(j);
		}
		rmk_json_end(j);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
json_part(struct rmk_json *j, const struct rmk_part *part)
{
	static const char *const label[] = {"address", "column", "group"};
	bool columns = part->nparts && part->parts[0].kind == RMK_PART_COLUMN;

	rmk_json_object(j, NULL);
	rmk_json_text(j, label[part->kind], part->label);
	if (part->kind == RMK_PART_TABLE) {
		rmk_json_text(j, "file", part->file);
		rmk_json_text(j, "table", part->name);
		if (part->column.s)
			rmk_json_text(j, "column", part->column);
		else
			rmk_json_null(j, "column");
	}
	json_numbers(j, &part->tally);
	if (part->nparts) {
		rmk_json_array(j, columns ? "columns" : "groups");
		for (size_t i = 0; i < part->nparts; i++)
			json_part(j, &part->parts[i]);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
summary_formats_write_json(const struct rmk_summary *s, struct rmk_buf *out)
{
	struct rmk_json j = {.out = out};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	if (s->by.n)
		rmk_json_text(&j, "by", s->by);
	rmk_json_array(&j, "tables");
	for (size_t i = 0; i < s->ntables; i++)
		json_part(&j, &s->tables[i]);
	rmk_json_end(&j);
	rmk_json_object(&j, "total");
	json_numbers(&j, &s->total);
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}

static void
csv_part(struct rmk_buf *out, struct rmk_arena *a, struct rmk_str path[3],
    const struct rmk_part *part)
{
	path[part->kind] = part->label;
	if (part->kind == RMK_PART_TABLE)
		path[RMK_PART_COLUMN] = part->column;
	for (size_t i = 0; i < 3; i++) {
		rmk_buf_csv(out, path[i]);
		rmk_buf_addc(out, ',');
	}
	rmk_buf_printf(out, "%zu,", part->tally.total);
	for (size_t i = 0; i <= RMK_EMPTY; i++)
		rmk_buf_printf(out, "%zu,", part->tally.by[i]);
	rmk_buf_printf(out, "%u,", rmk_tally_percent(&part->tally));
	rmk_buf_csv(out, rmk_summary_values(a, &part->tally, true));
	rmk_buf_printf(out, ",%zu\r\n", part->tally.by[RMK_CLOSED]);
	for (size_t i = 0; i < part->nparts; i++)
		csv_part(out, a, path, &part->parts[i]);
	path[part->kind] = (struct rmk_str){0};
}

static void
summary_formats_write_csv(const struct rmk_summary *s, struct rmk_buf *out)
{
	rmk_buf_adds(out, "table,column,group,total,todo,doing,done,unknown,empty,"
			  "percent,values,closed\r\n");
	for (size_t i = 0; i < s->ntables; i++) {
		struct rmk_str path[3] = {0};
		csv_part(out, s->arena, path, &s->tables[i]);
	}
}

// --- mermaid --------------------------------------------------------------------

static void
add_mermaid(struct rmk_buf *out, struct rmk_str text)
{
	rmk_buf_addc(out, '"');
	rmk_buf_mermaid(out, text);
	rmk_buf_addc(out, '"');
}

static void
mermaid_pie(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out)
{
	const struct rmk_tally *t = &s->tables[0].tally;

	rmk_buf_adds(out, "    title ");
	rmk_buf_mermaid(out, style->label);
	rmk_buf_printf(out, "%s%zu of %zu (%u %%)\n", style->label.n ? " " : "",
	    t->by[RMK_DONE], rmk_tally_open(t), rmk_tally_percent(t));
	for (size_t i = 0; i < t->ncounts; i++) {
		rmk_buf_adds(out, "    ");
		add_mermaid(
		    out, t->counts[i].key.n ? t->counts[i].text : RMK_STR("(empty)"));
		rmk_buf_printf(out, " : %zu\n", t->counts[i].n);
	}
}

// The parts a chart has bars for: those of the one table, else the tables.
static const struct rmk_part *
bars_of(const struct rmk_summary *s, size_t *n)
{
	*n = s->ntables == 1 ? s->tables[0].nparts : s->ntables;
	return s->ntables == 1 ? s->tables[0].parts : s->tables;
}

static void
mermaid_bars(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out)
{
	size_t n;
	const struct rmk_part *parts = bars_of(s, &n);

	rmk_buf_adds(out, "    title ");
	add_mermaid(out, style->label.n ? style->label : RMK_STR("Progress"));
	rmk_buf_adds(out, "\n    x-axis [");
	for (size_t i = 0; i < n; i++) {
		rmk_buf_adds(out, i ? ", " : "");
		add_mermaid(out, parts[i].label);
	}
	rmk_buf_adds(out, "]\n    y-axis \"done, percent\" 0 --> 100\n    bar [");
	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(
		    out, "%s%u", i ? ", " : "", rmk_tally_percent(&parts[i].tally));
	rmk_buf_adds(out, "]\n");
}

static void
summary_formats_write_mermaid(const struct rmk_summary *s,
    const struct rmk_summary_style *style, struct rmk_buf *out)
{
	size_t n;

	bars_of(s, &n);
	if (s->ntables == 1 && n == 0) {
		rmk_buf_adds(out, "pie showData\n");
		mermaid_pie(s, style, out);
	} else {
		rmk_buf_adds(out, "xychart-beta\n");
		mermaid_bars(s, style, out);
	}
}

// --- shields --------------------------------------------------------------------

// The colours of a badge by its percentage.
static const struct {
	unsigned least;
	const char *name;
} shields_colors[] = {
    {100, "brightgreen"},
    {75, "green"},
    {50, "yellowgreen"},
    {25, "yellow"},
    {0, "orange"},
};

static const char *
shields_color(const struct rmk_tally *t)
{
	size_t i = 0;

	if (t->by[RMK_DONE] == 0)
		return "lightgrey";
	while (rmk_tally_percent(t) < shields_colors[i].least)
		i++;
	return shields_colors[i].name;
}

static void
write_shields(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out)
{
	const struct rmk_tally *t = rmk_summary_whole(s);
	struct rmk_json j = {.out = out};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "schemaVersion", 1);
	rmk_json_text(&j, "label", style->label.n ? style->label : RMK_STR("progress"));
	rmk_json_text(&j, "message",
	    rmk_str_printf(s->arena, "%zu of %zu", t->by[RMK_DONE], rmk_tally_open(t)));
	rmk_json_cstr(&j, "color", shields_color(t));
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}

void
rmk_summary_write(const struct rmk_summary *s, const struct rmk_summary_style *style,
    struct rmk_buf *out)
{
	switch (style->format) {
	case RMK_SUMMARY_TEXT:
		rmk_summary_write_text(s, style, out);
		break;
	case RMK_SUMMARY_MD:
		write_md(s, style, out);
		break;
	case RMK_SUMMARY_JSON:
		summary_formats_write_json(s, out);
		break;
	case RMK_SUMMARY_CSV:
		summary_formats_write_csv(s, out);
		break;
	case RMK_SUMMARY_SVG:
		rmk_summary_write_svg(s, style, out);
		break;
	case RMK_SUMMARY_SHIELDS:
		write_shields(s, style, out);
		break;
	case RMK_SUMMARY_MERMAID:
		summary_formats_write_mermaid(s, style, out);
		break;
	}
}
