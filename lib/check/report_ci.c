// Findings for the logs and test reports of CI: annotations of GitHub Actions, JUnit.
#include "base/utf8.h"
#include "check/report.h"

#include <string.h>

// --- annotations --------------------------------------------------------------

// GitHub shows ten a level and step.
#define MAX_ANNOTATIONS 10

// Data escapes '%', CR and LF; properties ':' and ',' as well. What else is no text is shown.
static void
add_escaped(struct rmk_buf *out, struct rmk_str text, bool property)
{
	char one[RMK_SHOWN_MAX];
	size_t len;

	for (size_t i = 0; i < text.n; i += len) {
		unsigned char c = (unsigned char)text.s[i];
		size_t n = rmk_utf8_shown(text, i, one, &len);

		if (c == '%' || c == '\r' || c == '\n' ||
		    (property && (c == ':' || c == ',')))
			rmk_buf_printf(out, "%%%02X", c);
		else
			rmk_buf_add(out, (struct rmk_str){one, n});
	}
}

// The order of the properties is that of @actions/core. The second line says what to do.
static void
add_annotation(struct rmk_buf *out, const struct rmk_finding *f)
{
	rmk_buf_printf(out, "::%s title=", rmk_level_name(f->level));
	add_escaped(out, rmk_str_of(f->rule->name), true);
	rmk_buf_adds(out, ",file=");
	add_escaped(out, f->path, true);
	rmk_buf_printf(out, ",line=%u,endLine=%u,col=%u,endColumn=%u::", f->at.line,
	    f->at.line, rmk_report_utf16(f->source, f->at.from),
	    rmk_report_utf16(f->source, f->at.to));
	add_escaped(out, f->message, false);
	if (f->hint.n) {
		rmk_buf_adds(out, "%0A");
		add_escaped(out, f->hint, false);
	}
	rmk_buf_addc(out, '\n');
}

// Annotations of one level, the first ten; gives how many more there are.
static size_t
add_level(struct rmk_buf *out, const struct rmk_report *r, enum rmk_level level)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (rmk_report_at(r, i)->level == level && n++ < MAX_ANNOTATIONS)
			add_annotation(out, rmk_report_at(r, i));
	return n > MAX_ANNOTATIONS ? n - MAX_ANNOTATIONS : 0;
}

// Worst first. What cannot be an annotation is in the log.
void
rmk_report_github(struct rmk_buf *out, const struct rmk_report *r)
{
	size_t more = add_level(out, r, RMK_ERROR);
	struct rmk_report plain = *r;

	more += add_level(out, r, RMK_WARN);
	if (more == 0)
		return;
	rmk_buf_printf(out,
	    "::group::%zu more, which GitHub does not show as annotations: all of "
	    "them\n",
	    more);
	plain.color = false;
	rmk_report_concise(out, &plain);
	rmk_buf_adds(out, "::endgroup::\n");
}

// --- XML ----------------------------------------------------------------------

// What no file should print into a log is escaped before it is XML: an end of line in a name
// could begin a command of a workflow.
static void
add_xml(struct rmk_buf *out, struct rmk_str text)
{
	rmk_buf_xml(out, rmk_shown(out->arena, text));
}

static void
add_attribute(struct rmk_buf *out, const char *name, struct rmk_str text)
{
	rmk_buf_printf(out, " %s=\"", name);
	add_xml(out, text);
	rmk_buf_addc(out, '"');
}

static size_t
count_of(const struct rmk_report *r, size_t first, struct rmk_str path, size_t *errors)
{
	size_t n = 0;

	*errors = 0;
	for (; first + n < r->n && rmk_str_eq(rmk_report_at(r, first + n)->path, path);
	     n++)
		*errors += rmk_report_at(r, first + n)->level == RMK_ERROR;
	return n;
}

static void
add_case(struct rmk_buf *out, const struct rmk_finding *f)
{
	rmk_buf_adds(out, "    <testcase");
	add_attribute(out, "classname", f->path);
	add_attribute(out, "name",
	    rmk_str_printf(out->arena, "%s, line %u, column %u", f->rule->name,
		f->at.line, f->at.from));
	rmk_buf_adds(out, ">\n");
	if (f->level == RMK_ERROR) {
		rmk_buf_adds(out, "      <failure");
		add_attribute(out, "type", rmk_str_of(f->rule->name));
		add_attribute(out, "message", f->message);
		rmk_buf_adds(out, ">");
		add_xml(out, f->source);
		rmk_buf_adds(out, "</failure>\n");
	} else {
		rmk_buf_adds(out, "      <system-out>warning: ");
		add_xml(out, f->message);
		rmk_buf_adds(out, "</system-out>\n");
	}
	rmk_buf_adds(out, "    </testcase>\n");
}

// One suite a file, one case a finding: an error fails, a warning passes with a text.
void
rmk_report_junit(struct rmk_buf *out, const struct rmk_report *r)
{
	size_t next = 0;

	rmk_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
			  "name=\"rowmark\">\n");
	for (size_t p = 0; p < r->npaths; p++) {
		size_t errors, n = count_of(r, next, r->paths[p], &errors);

		rmk_buf_adds(out, "  <testsuite");
		add_attribute(out, "name", r->paths[p]);
		rmk_buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
		    n ? n : 1, errors);
		if (n == 0) {
			rmk_buf_adds(out, "    <testcase");
			add_attribute(out, "classname", r->paths[p]);
			rmk_buf_adds(out, " name=\"tables\"/>\n");
		}
		for (; n; n--)
			add_case(out, rmk_report_at(r, next++));
		rmk_buf_adds(out, "  </testsuite>\n");
	}
	rmk_buf_adds(out, "</testsuites>\n");
}
