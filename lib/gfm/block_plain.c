// Lines of which it is certain what the parser makes of them, and that are not fed.
//
//	                     where nothing is open but the document:
//	## Papers            a heading
//	                     nothing
//	Some text,           a paragraph of lines that begin with a letter, up to the next blank line
//	and more.
//
//	| Paper | Status |   a table up to the next blank line
//	|-------|--------|
//	| LoRA  | Read   |
//
// A list, a quote, a paragraph, code or HTML that may go on leaves nothing certain; nor does what
// is written in any other way than these (escapes, tabs, '#' at a heading's end, a table that no
// blank line ends): then the parser is asked. The fuzzer and the corpus hold all of it against the
// parser's own reading of the whole text.
#include "base/ascii.h"
#include "gfm/block_scan_state.h"

#define MOST_LEVELS 6

static bool
is_plain_text(struct rmk_str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.s[i] < ' ')
			return false;
	return true;
}

// "## Papers": its number signs, a space and text that does not end in one.
static uint32_t
plain_heading(struct block_scan *w, uint32_t line)
{
	struct rmk_span span = w->out->lines[line];
	struct rmk_str text = rmk_str_at(w->text, span), title;
	struct rmk_heading h = {.line = line + 1};

	while (h.level < text.n && h.level < MOST_LEVELS && text.s[h.level] == '#')
		h.level++;
	if (h.level == 0 || h.level >= text.n || text.s[h.level] != ' ' ||
	    !is_plain_text(text))
		return line;
	title = rmk_str_trim(rmk_str_from(text, h.level));
	if (title.n == 0 || title.s[title.n - 1] == '#')
		return line;
	h.text = rmk_str_part(w->source, (size_t)(title.s - w->text.s), title.n);
	rmk_scan_put_heading(w, &h);
	return line + 1;
}

// No block begins with a letter, of ASCII or beyond, but a paragraph, and a delimiter row does not
// either. (The first line may begin with a BOM.)
static bool
begins_with_letter(const struct block_scan *w, uint32_t line)
{
	struct rmk_span span = w->out->lines[line];
	char first = span.len ? w->text.s[span.at] : '\0';

	return rmk_is_letter(first) || (line > 0 && (unsigned char)first >= 0x80);
}

static uint32_t
plain_paragraph(struct block_scan *w, uint32_t line)
{
	uint32_t end = line;

	while (end < w->out->nlines && begins_with_letter(w, end))
		end++;
	if (end == line || (end < w->out->nlines && !rmk_scan_is_blank(w, end)))
		return line;
	rmk_scan_put_paragraph(w, line, end);
	return end;
}

uint32_t
rmk_scan_plain(struct block_scan *w, uint32_t line)
{
	while (w->idle && line < w->out->nlines) {
		uint32_t next = line;

		if (rmk_scan_is_blank(w, line))
			next++;
		else if (w->text.s[w->out->lines[line].at] == '#')
			next = plain_heading(w, line);
		else if (w->text.s[w->out->lines[line].at] == '|')
			next = rmk_scan_plain_table(w, line);
		else
			next = plain_paragraph(w, line);
		if (next == line)
			break;
		line = next;
	}
	return line;
}
