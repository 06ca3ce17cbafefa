import { readFile, writeFile } from 'node:fs/promises';
import { inProject } from '../../shared/project.js';

const BEGIN = '<!-- interop -->';
const END = '<!-- /interop -->';

/** The text with what stands between the marks replaced; unchanged without the marks. */
export function withTable(text: string, table: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin === -1 || end === -1) return text;
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
}

/** Writes the table into the README. */
export async function publishTable(table: string): Promise<void> {
  const file = inProject('README.md');
  const text = await readFile(file, 'utf8');
  const changed = withTable(text, table);
  if (changed !== text) await writeFile(file, changed);
}
