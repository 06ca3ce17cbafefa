import { ANSWER_COMMAND } from '../command.js';

/** For zsh 5: as a file of `fpath`, where its first call is a completion already, or sourced. */
export const ZSH = `#compdef atmqtt
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
