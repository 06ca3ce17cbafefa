import { ModemError } from '../errors/modem-error.js';
import type { CommandPort, ExecuteOptions, Nothing, OneStageCommand } from './command.js';
import type { Line } from './line.js';

/** A question, or a setting that is always the same. */
export type Question<V> = OneStageCommand<Nothing, V>;

/** What became of each question, in their order. */
export type Answers<Q extends readonly Question<unknown>[]> = {
  readonly [Index in keyof Q]: PromiseSettledResult<Q[Index] extends Question<infer V> ? V : never>;
};

/** Ports whose modules take the questions one by one, but not in one line. */
const REFUSING = new WeakSet<CommandPort>();

/**
 * Asks several questions in one command line, `AT+CMEE=1;+CEREG?;+CPIN?` (V.250 5.2.1), which spares the time that the
 * module takes for each `OK`. Where that fails they are asked one by one: the module says `ERROR` for all if one fails.
 * A port whose module answers every one alone, but not the line, is not asked in one line again. Never rejects; with
 * `timeout`, that is the limit of each line.
 */
export async function gather<const Q extends readonly Question<unknown>[]>(
  port: CommandPort,
  questions: Q,
  options?: ExecuteOptions,
): Promise<Answers<Q>> {
  const together = questions.length > 1 && questions.every(mayShareLine) && !REFUSING.has(port);
  const [all] = together ? await Promise.allSettled([port.execute(inOneLine(questions), null, options)]) : [];
  if (all?.status === 'fulfilled') {
    return all.value.map((value) => ({ status: 'fulfilled', value })) as unknown as Answers<Q>;
  }
  if (all !== undefined && !isRefusal(all.reason)) return questions.map(() => all) as unknown as Answers<Q>;
  const answers: PromiseSettledResult<unknown>[] = [];
  for (const question of questions) {
    answers.push(...(await Promise.allSettled([port.execute(question, null, options)])));
  }
  if (together && answers.every(({ status }) => status === 'fulfilled')) REFUSING.add(port);
  return answers as unknown as Answers<Q>;
}

/** V.250 5.2.1 puts `;` after extended commands; whose a line is without a prefix cannot be told. */
function mayShareLine({ request, response, data }: Question<unknown>): boolean {
  const line = request.format(null);
  return /^AT\+[^";]*(?:"[^"]*"[^";]*)*$/.test(line) && response.bare !== true && data === undefined;
}

function inOneLine(questions: readonly Question<unknown>[]): Question<readonly unknown[]> {
  const lines = questions.map(({ request }) => request.format(null).slice('AT'.length));
  return {
    name: questions.map(({ name }) => name).join(';'),
    form: 'action',
    request: { format: () => `AT${lines.join(';')}`, parse: () => undefined },
    response: {
      format: () => [],
      parse: (received) => valuesOf(questions, received),
      owns: (text) => questions.some(({ response }) => response.owns(text)),
    },
    limits: { response: questions.reduce((sum, { limits }) => sum + limits.response, 0) },
    abortable: false,
  };
}

/** Undefined if one of them is not understood. */
function valuesOf(questions: readonly Question<unknown>[], lines: readonly Line[]): unknown[] | undefined {
  const values = questions.map(({ response }) =>
    response.parse(lines.filter(({ text }) => response.owns(text))),
  );
  return values.includes(undefined) ? undefined : values;
}

/** The module has answered, but not as it should: one by one it may. */
function isRefusal(error: unknown): boolean {
  return error instanceof ModemError && (error.code === 'COMMAND_FAILED' || error.code === 'BAD_RESPONSE');
}
