# Makes C of status_words.tsv and header_words.tsv: sorted, so that a look-up is a binary
# search, and in arrays without pointers, so that nothing is relocated when a program starts.
#
#	LC_ALL=C awk -f status_words.awk status_words.tsv header_words.tsv > vocabulary.c

# The bytes a look-up compares: see squeeze in status_words.c.
function squeezed(word) {
	if (word !~ /[0-9a-z\200-\377]/)
		return word
	if (length(word) > 1)
		sub(/[.!]+$/, "", word)
	gsub(/[ _'-]|\342\200\231|\314\207|\331[\200\213-\222]/, "", word)
	gsub(/\304\261/, "i", word)
	gsub(/\321\221/, "\320\265", word)
	return word
}

function quoted(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

function capital(word) {
	return toupper(substr(word, 1, 1)) substr(word, 2)
}

function wrong(what) {
	print FILENAME ":" FNR ": " what > "/dev/stderr"
	failed = 1
	exit 1
}

BEGIN {
	FS = "\t"
	split("todo doing done closed waiting neutral", names, " ")
	for (i in names)
		class[names[i]] = toupper(names[i])
	split("status maybe other name group note id date owner nobody", names, " ")
	for (i in names)
		says[names[i]] = toupper(names[i])
}

/^#[^\t]/ || /^#$/ || NF == 0 { next }

FILENAME ~ /header_words/ {
	if (!($2 in says))
		wrong("'" $2 "' is nothing a header says")
	bit = "1u << RMK_HEADER_" says[$2]
	if (index(header[$1], bit) == 0)
		header[$1] = header[$1] (header[$1] ? " | " : "") bit
	next
}

$1 == "ladder" {
	ladder[$2] = nladders
	name[nladders] = $2
	needs[nladders++] = toupper($3)
	next
}

{
	leads = $2 ~ /[+=]$/
	sure = sub(/\+\+$/, "", $2)
	offered = sub(/\+$/, "", $2) || sure
	sub(/=$/, "", $2)
	if (!($2 in class))
		wrong("'" $2 "' is no class")
	if ($3 != "-" && !($3 in ladder))
		wrong("no ladder '" $3 "'")
	nforms = forms($1)
	text = $6 ? $6 : capital(form[1])
	if (offered)
		offer[ladder[$3] "," $2] = text
	n = $3 == "-" ? 255 : ladder[$3]
	if (sure)
		sure_of[n] = sure_of[n] " | 1u << RMK_WORD_" class[$2]
	for (i = 1; i <= nforms; i++)
		put_word(squeezed(form[i]), n)
}

# What {..} stands for, in form[1] to form[n]: "le{o,a}" is leo and lea.
function forms(word,    open, close_, i, n) {
	open = index(word, "{")
	close_ = index(word, "}")
	if (!open) {
		form[1] = word
		return 1
	}
	n = split(substr(word, open + 1, close_ - open - 1), form, ",")
	for (i = 1; i <= n; i++)
		form[i] = substr(word, 1, open - 1) form[i] substr(word, close_ + 1)
	return n
}

# Sorted by key, then by ladder; a word that is spelled in two ways stands once.
function put_word(key, n,    line) {
	if ((key, n) in known)
		return
	known[key, n] = 1
	if (length(key) > 47)
		wrong("'" key "' is longer than RMK_WORD_BYTES")
	line = sprintf("    {%s, %d, RMK_WORD_%s, %s},", quoted(key), n, class[$2],
	    leads ? "true" : "false")
	printf "%s\t%03d\t%s\n", key, n, line | sort_into(sorted)
}

function sort_into(file) {
	return "sort -t '\t' -k1,1 -k2,2 > " file
}

# The lines of a sorted file, without what they were sorted by. Counts them by first byte.
function print_sorted(file,    line, part) {
	close(sort_into(file))
	while ((getline line < file) > 0) {
		split(line, part, "\t")
		print part[3]
		begin_with[substr(part[1], 1, 1)]++
	}
	close(file)
}

END {
	if (failed)
		exit 1
	print "// Made of lib/schema/status_words.tsv and header_words.tsv by status_words.awk."
	print "#include \"schema/status_words.h\"\n"
	print "const struct rmk_word rmk_words[] = {"
	print_sorted(sorted)
	print "};\n\nconst size_t rmk_nwords = sizeof rmk_words / sizeof *rmk_words;\n"
	print "const uint16_t rmk_words_from[257] = {0,"
	for (i = 0; i < 256; i++)
		printf "    %d,\n", before += begin_with[sprintf("%c", i)]
	print "};\n"
	print "const struct rmk_ladder rmk_ladders[] = {"
	for (i = 0; i < nladders; i++)
		printf "    {%s, RMK_LADDER_%s, 0%s, {%s, %s, %s}},\n", quoted(name[i]),
		    needs[i], sure_of[i], quoted(offer[i ",todo"]), quoted(offer[i ",doing"]),
		    quoted(offer[i ",done"])
	print "};\n\nconst size_t rmk_nladders = sizeof rmk_ladders / sizeof *rmk_ladders;\n"
	print "_Static_assert(sizeof rmk_ladders / sizeof *rmk_ladders <= RMK_LADDERS_MOST, \"\");\n"
	print "const struct rmk_header_word rmk_header_words[] = {"
	for (i in header)
		printf "%s\t0\t    {%s, %s},\n", i, quoted(i), header[i] | sort_into(sorted)
	print_sorted(sorted)
	print "};\n\nconst size_t rmk_nheader_words = sizeof rmk_header_words / sizeof *rmk_header_words;"
}
