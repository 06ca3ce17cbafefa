import { ANSWER_COMMAND } from '../command.js';

/**
 * For bash 3.2 and later. Bash breaks words at `:` and `=` too, by COMP_WORDBREAKS: the words are put together again by
 * the line, and of a candidate only what stands behind the last break is handed to bash.
 */
export const BASH = `# bash completion for atmqtt: source it, or put it where bash-completion looks for it

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
