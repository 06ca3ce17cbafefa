import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { forkFile, messageOf } from '../../shared/own-process.js';
import type { FloorPlan, FloorReady, FromFloor, ModuleLog, ToFloor } from './floor-messages.js';

/** Modules and cloud in a process of their own. */
export class FloorProcess extends EventEmitter<{ module: [log: ModuleLog] }> {
  readonly ready: FloorReady;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ready: FloorReady) {
    super();
    this.ready = ready;
    this.#child = child;
    child.on('message', (message: FromFloor) => {
      if (message.kind === 'module') this.emit('module', message);
    });
  }

  static async start(plan: FloorPlan): Promise<FloorProcess> {
    const child = forkFile(new URL('floor.js', import.meta.url), plan);
    return new FloorProcess(child, await messageOf<FloorReady>(child));
  }

  tell(message: ToFloor): void {
    this.#child.send(message);
  }

  /** Resolves when all that it had to tell is told. */
  async end(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.tell({ kind: 'end' });
    await gone;
  }
}
