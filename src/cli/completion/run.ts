import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { ANSWER_COMMAND, type CompletionOptions, type Shell } from './command.js';

export async function run(
  { shell, json = false }: CompletionOptions,
  { output }: Invocation,
): Promise<ExitCode> {
  await (json ? output.json({ shell, script: SCRIPTS[shell] }) : output.write(SCRIPTS[shell]));
  return EXIT.DONE;
}

/**
 * For bash 3.2 and later. Bash breaks words at `:` and `=` too, by COMP_WORDBREAKS: the words are put together again by
 * the line, and of a candidate only what stands behind the last break is handed to bash.
 */
const BASH = `# bash completion for atmqtt: source it, or put it where bash-completion looks for it

_atmqtt() {
  local rest="\${COMP_LINE:0:COMP_POINT}" part gap i
  local -a words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    part="\${COMP_WORDS[i]}"
    gap="\${rest%%[![:space:]]*}"
    rest="\${rest#"$gap"}"
    if ((i == COMP_CWORD)); then part="$rest"; fi
    if [[ -z $gap ]] && ((\${#words[@]} > 0)) && [[ $i -gt 0 ]]; then
      words[\${#words[@]}-1]+="$part"
    else
      words+=("$part")
    fi
    rest="\${rest#"$part"}"
  done
  local current="\${words[\${#words[@]}-1]}" quote='' breaks='' sign
  case "$current" in [\\"\\']*) quote="\${current:0:1}" ;; esac
  for sign in : =; do
    if [[ -z $quote && $COMP_WORDBREAKS == *"$sign"* ]]; then breaks+="$sign"; fi
  done
  local behind="$current"
  if [[ -n $breaks ]]; then behind="\${current##*[$breaks]}"; fi
  local prefix="\${current%"$behind"}"
  words[\${#words[@]}-1]="\${current#"$quote"}"
  local word help
  COMPREPLY=()
  while IFS=$'\\t' read -r word help; do
    if [[ $word == :files ]]; then
      local path="\${behind#"$quote"}"
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$path")
      compopt -o filenames 2>/dev/null
      continue
    fi
    case "$word" in *[=:/]) compopt -o nospace 2>/dev/null ;; esac
    COMPREPLY+=("\${word#"$prefix"}")
  done < <("$1" ${ANSWER_COMMAND} -- "\${words[@]:1}" 2>/dev/null)
}

complete -F _atmqtt atmqtt
`;

/** For zsh 5: as a file of `fpath`, where its first call is a completion already, or sourced. */
const ZSH = `#compdef atmqtt
# zsh completion for atmqtt: put it into a folder of fpath as _atmqtt, or source it

_atmqtt() {
  local word help files=''
  local -a finished open
  while IFS=$'\\t' read -r word help; do
    if [[ $word == :files ]]; then
      files=1
      continue
    fi
    case $word in
      *[=:/]) open+=("\${word//:/\\\\:}:$help") ;;
      *) finished+=("\${word//:/\\\\:}:$help") ;;
    esac
  done < <("\${words[1]}" ${ANSWER_COMMAND} -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  if (( $#finished )); then _describe -t words atmqtt finished; fi
  if (( $#open )); then _describe -t words atmqtt open -S ''; fi
  if [[ -n $files ]]; then
    compset -P '--*='
    _files
  fi
}

if [[ "\${funcstack[1]}" == _atmqtt ]]; then
  _atmqtt "$@"
else
  compdef _atmqtt atmqtt
fi
`;

/** For fish 3. It puts no space behind a word that ends with `=`, `:` or `/` by itself. */
const FISH = `# fish completion for atmqtt: put it into ~/.config/fish/completions, or source it

function __atmqtt_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string replace -r -- '^["\\']' '')
    for line in ($words[1] ${ANSWER_COMMAND} -- $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = :files
            set -l prefix (string match -r -- '^--[^=]*=' "$current")
            printf "$prefix%s\\n" (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
        else
            printf '%s\\n' $line
        end
    end
end

complete -c atmqtt -f -a '(__atmqtt_complete)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
