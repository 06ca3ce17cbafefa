import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/client/options.js';
import type { BrokerRules } from '../../src/client/rules.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { ArgumentError } from '../../src/errors/kinds.js';
import { AnsweringModule } from '../dialects/lmqtt/answering-module.js';
import { connected } from './client-under-test.js';

/** A broker that takes nothing but the topic `mine`, and no clean sessions. */
const RULES: BrokerRules = {
  checkSession({ clean }) {
    if (clean) throw new ArgumentError('clean', 'true', 'false');
  },
  checkPublication({ topic }) {
    if (topic !== 'mine') throw new ArgumentError('topic', topic, 'mine');
  },
  checkFilters(filters) {
    for (const { topic } of filters) if (topic !== 'mine') throw new ArgumentError('topic', topic, 'mine');
  },
};

describe('what a broker does not take', () => {
  it('of a session is refused with the options, and with what a login brings', async () => {
    expect(() => parseOptions({ broker: 'h', rules: RULES }, LMQTT)).toThrow('clean is true, but');
    const seen: (string | undefined)[] = [];
    const rules: BrokerRules = { checkSession: ({ username }) => void seen.push(username) };
    await connected(new AnsweringModule(), { rules, login: async () => ({ username: 'u' }) });
    expect(seen).toEqual([undefined, 'u']);
  });

  it('of a message or a filter is refused, and nothing is written', async () => {
    const { module, client } = await connected(new AnsweringModule(), { rules: RULES, clean: false });
    const refusal = {
      code: 'INVALID_ARGUMENT',
      field: 'topic',
      message: 'topic is other, but must be mine',
    };
    await expect(client.publish('other', 'x')).rejects.toMatchObject(refusal);
    await expect(client.publish('other', 'x').accepted).rejects.toMatchObject(refusal);
    await expect(client.subscribe(['mine', 'other'])).rejects.toMatchObject(refusal);
    await expect(client.unsubscribe('other')).rejects.toMatchObject(refusal);
    expect(module.lines).toEqual([]);
    await client.publish('mine', 'x');
    await client.subscribe('mine');
    expect(module.lines).toHaveLength(2);
  });
});
