import { ANSWER_COMMAND } from '../command.js';

/** For fish 3. It puts no space behind a word that ends with `=`, `:` or `/` by itself. */
export const FISH = `# fish completion for atmqtt: put it into ~/.config/fish/completions, or source it

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
