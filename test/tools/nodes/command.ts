import { type Command, InvalidArgumentError } from 'commander';

export interface NodesOptions {
  readonly node: readonly string[];
}

/** The newest that is published, whatever it is: what users have before anybody has thought of it. */
export const NEWEST = 'newest';

/** The oldest that is supported, the ones with long-term support, the current one. */
const WANTED: readonly string[] = ['20', '22', '24', '26', NEWEST];

export function declare(command: Command): void {
  command
    .argument('[path...]', 'only tests below these paths, e.g. test/at')
    .option(
      '--node <version>',
      `major version or ${NEWEST}; may be given several times`,
      (text, earlier: readonly string[]) => [...(earlier === WANTED ? [] : earlier), versionOf(text)],
      WANTED,
    );
}

function versionOf(text: string): string {
  if (text === NEWEST || /^[1-9]\d?$/.test(text)) return text;
  throw new InvalidArgumentError(`It must be a major version such as 22, or ${NEWEST}.`);
}
