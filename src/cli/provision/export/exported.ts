import type { Output } from '../../output.js';
import { counted } from '../words.js';

/** An export whose file is in place. */
export interface Exported {
  readonly id: number;
  readonly file: string;
  readonly modules: number;
  /** It was cut short earlier, and is complete now. */
  readonly finished: boolean;
}

/** Tells what is in which file. */
export class ExportTeller {
  readonly #output: Output;
  readonly #json: boolean;

  constructor(output: Output, json: boolean) {
    this.#output = output;
    this.#json = json;
  }

  async done({ id, file, modules, finished }: Exported): Promise<void> {
    if (this.#json) return this.#output.json({ export: id, file, modules, finished });
    const what = finished ? `export ${id}, which was cut short, is complete` : `export ${id}`;
    return this.#output.line(`${what}: ${counted(modules, 'module')} in ${file}`);
  }
}
