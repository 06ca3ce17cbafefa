import { expect, it } from 'vitest';
import { Inbox } from './inbox.js';

it('hands out each item once, in order, as many as are asked for', async () => {
  const inbox = new Inbox<number>();
  const first = inbox.take(2);
  for (const item of [1, 2, 3]) inbox.push(item);
  expect(await first).toEqual([1, 2]);
  expect(await inbox.next()).toBe(3);
});

it('rejects what is waited for when it is closed', async () => {
  const inbox = new Inbox<number>();
  const waiting = inbox.next();
  inbox.close();
  await expect(waiting).rejects.toThrow('closed');
});
