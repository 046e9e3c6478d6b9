// rowmark completion: scripts that teach a shell the command line.
//
// The scripts know nothing but how to ask: `rowmark completion words -- WORD...` answers
// from the tables of the commands, so they never fall behind.
#include "complete.h"
#include "out.h"

#include <string.h>

static const struct opt opts[] = {
    OPT_END,
};

static const struct example examples[] = {
    {"For bash, in ~/.bashrc", "source <(rowmark completion bash)"},
    {"What the scripts ask: a value for a row",
	"rowmark completion words -- set lora rea"},
    {NULL, NULL},
};

// A candidate with spaces is quoted for the line. bash takes the word apart at '=' and ':'
// and wants only the part behind them.
static const char bash[] =
    "_rowmark() {\n"
    "  local cur words cword line\n"
    "  if declare -F _get_comp_words_by_ref >/dev/null; then\n"
    "    _get_comp_words_by_ref -n =: cur words cword\n"
    "  else\n"
    "    cur=${COMP_WORDS[COMP_CWORD]} words=(\"${COMP_WORDS[@]}\") cword=$COMP_CWORD\n"
    "  fi\n"
    "  cur=${cur#[\\\"\\']}\n"
    "  COMPREPLY=()\n"
    "  while IFS=$'\\t' read -r line _; do\n"
    "    [[ $line == *=* && $line == \"$cur\"* && $COMP_WORDBREAKS == *=* ]] &&\n"
    "      line=${line#\"${cur%\"${cur##*=}\"}\"}\n"
    "    COMPREPLY+=(\"$(printf '%q' \"$line\")\")\n"
    "  done < <(\"${words[0]}\" completion words -- \"${words[@]:1:cword-1}\" \"$cur\" "
    "2>/dev/null)\n"
    "  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/#] ]] && compopt -o nospace\n"
    "  return 0\n"
    "}\n"
    "complete -o default -F _rowmark rowmark git-rowmark\n";

static const char zsh[] = "#compdef rowmark git-rowmark\n"
			  "_rowmark() {\n"
			  "  local -a values shown\n"
			  "  local value help\n"
			  "  while IFS=$'\\t' read -r value help; do\n"
			  "    values+=(\"$value\")\n"
			  "    shown+=(\"$value${help:+  -- $help}\")\n"
			  "  done < <(\"${words[1]}\" completion words -- "
			  "\"${(@Q)words[2,CURRENT-1]}\" \"${(Q)PREFIX}\" 2>/dev/null)\n"
			  "  (( $#values )) && compadd -U -d shown -a values || _files\n"
			  "}\n"
			  "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then "
			  "_rowmark; else compdef _rowmark rowmark git-rowmark; fi\n";

static const char fish[] =
    "function __rowmark_words\n"
    "  set -l words (commandline -opc)\n"
    "  set -l current (commandline -ct)\n"
    "  command $words[1] completion words -- $words[2..-1] \"$current\" 2>/dev/null\n"
    "end\n"
    "complete -c rowmark -f -a '(__rowmark_words)'\n"
    "complete -c git-rowmark -f -a '(__rowmark_words)'\n";

static enum exit_status
completion_run(struct call *c)
{
	static const struct {
		const char *shell, *script;
	} scripts[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
	struct rmk_err err;

	if (strcmp(c->args[0], "words") == 0) {
		complete_words(c, c->args + 1, c->nargs - 1);
		return FINE;
	}
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		if (strcmp(c->args[0], scripts[i].shell) == 0) {
			out_str(rmk_str_of(scripts[i].script));
			return FINE;
		}
	}
	rmk_fail(&err, RMK_INVALID, "completion: no script for '%s'", c->args[0]);
	rmk_hint(&err, "there are bash, zsh and fish");
	return complain(&err);
}

const struct cmd cmd_completion = {
    .name = "completion",
    .args = "SHELL",
    .line = "Print a script that completes command lines",
    .about =
	"Prints the script for bash, zsh or fish. It completes commands, options, files, "
	"tables,\n"
	"rows, columns and status values, from the files as they are at that moment.\n"
	"\n"
	"  bash   echo 'source <(rowmark completion bash)' >> ~/.bashrc\n"
	"  zsh    rowmark completion zsh > ~/.zsh/functions/_rowmark   (a folder of "
	"$fpath)\n"
	"  fish   rowmark completion fish > ~/.config/fish/completions/rowmark.fish",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .run = completion_run,
};
