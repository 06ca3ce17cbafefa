import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { answerAt } from './candidates.js';
import type { AnswerOptions } from './command.js';
import { findCursor } from './cursor.js';
import { VALUE_SOURCES } from './value-sources.js';

/**
 * Answers the scripts: a line a candidate, `word TAB help`, and `:files` if paths of files may stand there too. A word
 * that ends with `=`, `:` or `/` is to be gone on with, so no space belongs behind it.
 */
export function answerFor(
  program: Command,
): (options: AnswerOptions, invocation: Invocation) => Promise<ExitCode> {
  return async ({ words }, { output }) => {
    const { candidates, files } = await answerAt(findCursor(program, words), VALUE_SOURCES);
    for (const { word, help } of candidates) await output.line(`${word}\t${oneLine(help)}`);
    if (files) await output.line(':files');
    return EXIT.DONE;
  };
}

/** Neither tabs nor line ends: they are the grammar of the answer. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
