import { commandRequest, Job } from '../../../../../src/at/job.js';
import { ResultStages } from '../../../../../src/at/result-stages.js';
import { PUBLISH } from '../../../../../src/dialects/lmqtt/message-commands.js';
import { cpuEach, type Kind, numbers } from '../kind.js';

const NOBODY = { awaited: () => false, unsolicited: () => false };
const PUBLICATION = { id: 0, qos: 1, retain: false, topic: 'bench', form: 'inline' } as const;

/** Of messages that the module has accepted; a client lets 64 wait at most. */
export const resultsOutstanding: Kind = {
  sizes: [8, 16, 64],
  measure: async (count) => {
    const ids = numbers(count).map((number) => number + 1);
    return {
      'come in order': await come(ids, ids),
      'come in reverse': await come(ids, [...ids].reverse()),
      'asked by another line': await asked(ids),
    };
  },
};

async function come(ids: readonly number[], order: readonly number[]): Promise<number> {
  const results = waitingFor(ids);
  const lines = order.map((messageId) => PUBLISH.result.urc.format({ id: 0, messageId, result: 1 }));
  return cpuEach(ids.length, () => {
    for (const line of lines) if (!results.dispatch(line)) throw new Error(`nobody waits for ${line.text}`);
  });
}

/** A line that is no result goes by all of them: µs for each line, of which as many come. */
async function asked(ids: readonly number[]): Promise<number> {
  const results = waitingFor(ids);
  const cost = await cpuEach(ids.length, () => {
    for (const _ of ids) results.dispatch({ text: '+LMQTTURC: STATS,0,1' });
  });
  results.drain();
  return cost;
}

function waitingFor(ids: readonly number[]): ResultStages {
  const results = new ResultStages(() => {});
  for (const messageId of ids) {
    const args = { ...PUBLICATION, messageId, payload: Buffer.from('x') };
    const job = new Job(commandRequest(PUBLISH, args, NOBODY), {}, () => {});
    results.expect(job);
    results.accept(job);
  }
  return results;
}
