const PLACEHOLDER = /<[\w -]+>/g;

/** The innermost brackets: alternatives between bars, behind a space. */
const OPTIONAL = / \[([^[\]]*)\]/;

/**
 * The command lines that a synopsis stands for: `[a | b <x>]` with neither and with each, `a|b` with each, `<x>` and
 * `FILE` as a word, `…` as the value of the option before it, else as nothing. A line that is no synopsis stands for itself.
 */
export function linesOfSynopsis(line: string): string[] {
  const { 0: brackets, 1: inner } = OPTIONAL.exec(line) ?? [];
  if (brackets !== undefined && inner !== undefined) {
    const alternatives = ['', ...inner.split(/ \| /).map((alternative) => ` ${alternative}`)];
    return alternatives.flatMap((alternative) => linesOfSynopsis(line.replace(brackets, () => alternative)));
  }
  const choice = /(?<= )\w+(?:\|\w+)+/.exec(line)?.[0];
  if (choice !== undefined) {
    return choice.split('|').flatMap((one) => linesOfSynopsis(line.replace(choice, one)));
  }
  return [
    line
      .replaceAll(PLACEHOLDER, 'x')
      .replace(/(?<= -\S+) …/g, ' x')
      .replace(/ …/g, ''),
  ];
}
