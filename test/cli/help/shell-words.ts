/** Words of a command line, as far as the examples go, without a comment; undefined is an operator: `|`, `>`, `<`, `&&`, `(`, `)`. */
function shellWords(line: string): readonly (string | undefined)[] {
  const words: (string | undefined)[] = [];
  let word = '';
  let open = false;
  const close = () => {
    if (open) words.push(word);
    [word, open] = ['', false];
  };
  const pieces = /'([^']*)'|"([^"]*)"|(\s+)|(&&|[|<>()])|\\(.)|([^\s'"|<>()\\]+?)/gs;
  for (const [, single, double, space, sign, escaped, plain] of line
    .replace(/(^|\s)#.*$/, '')
    .matchAll(pieces)) {
    if (space !== undefined) close();
    else if (sign !== undefined) {
      close();
      words.push(undefined);
    } else {
      word += single ?? double ?? escaped ?? plain ?? '';
      open = true;
    }
  }
  close();
  return words;
}

/** What a shell would hand to each `atmqtt` in the line. */
export function calls(line: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  let current: string[] | undefined;
  for (const word of shellWords(line)) {
    if (word === undefined) current = undefined;
    else if (current !== undefined) current.push(word);
    else if (word === 'atmqtt') {
      current = [];
      found.push(current);
    }
  }
  return found;
}
