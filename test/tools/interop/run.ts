import { install } from '../shared/npm.js';
import type { InteropOptions } from './command.js';
import { missing, readExpected, regressions, writeExpected } from './result/expected.js';
import { keyOf, skipped } from './result/matrix.js';
import { publishTable } from './result/readme.js';
import { table } from './result/table.js';
import { runMatrix } from './run-matrix.js';

/** Prints the table, and what is worse than before; false if anything is. What cannot be installed leaves cells "not run". */
export async function run(options: InteropOptions): Promise<boolean> {
  const whole = options.broker.length + options.client.length + options.feature.length === 0;
  for (const folder of ['interop/clients', 'interop/mosca']) {
    const problem = await install(folder);
    if (problem !== undefined) console.error(`interop: ${folder}: ${problem}`);
  }
  const began = performance.now();
  const matrix = await runMatrix(options, (cell) => {
    console.error(`${cell.outcome.padEnd(12)} ${keyOf(cell)} ${cell.note}`);
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  if (options.json)
    console.log(JSON.stringify({ brokers: Object.fromEntries(matrix.brokers), cells: matrix.cells }));
  else console.log(table(matrix));
  if (whole) await publishTable(table(matrix));
  if (whole && options.update) await writeExpected(matrix.cells);
  const expected = await readExpected();
  const wrong = [...regressions(expected, matrix.cells), ...(whole ? missing(expected, matrix.cells) : [])];
  for (const line of [...wrong, ...skipped(matrix)]) console.error(`interop: ${line}`);
  console.error(`interop: ${matrix.cells.length} cells in ${seconds} s, ${wrong.length} worse than before`);
  return wrong.length === 0;
}
