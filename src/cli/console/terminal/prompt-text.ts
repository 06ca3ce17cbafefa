import type { Paint, Style } from '../paint.js';
import type { Connection, DataMode } from '../session-types.js';

const LOOKS: Readonly<Record<Connection, readonly [text: string, style: Style]>> = {
  'no port': ['no port', 'bad'],
  raw: ['at', 'sent'],
  connecting: ['connecting', 'note'],
  connected: ['mqtt', 'good'],
  offline: ['offline', 'bad'],
};

/** `at> `, `mqtt> `; `…` while a line waits for its answer. */
export function promptText(connection: Connection, busy: boolean, paint: Paint): string {
  const [text, style] = LOOKS[connection];
  return `${paint(style, text)}${busy ? '…' : ''}> `;
}

/** `data 3/11> `: bytes so far, those in the line among them, and how many are wanted. */
export function dataPrompt({ wanted, given }: DataMode, typed: number, paint: Paint): string {
  const count = given + typed;
  if (wanted === undefined) return `data ${count}, Ctrl-Z ends> `;
  const style = count > wanted ? 'bad' : count === wanted ? 'good' : 'note';
  return `data ${paint(style, `${count}/${wanted}`)}> `;
}
