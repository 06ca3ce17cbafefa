import { describe, expect, it } from 'vitest';
import { topicFilterFault, topicNameFault } from '../../src/dialects/topics.js';

describe('topic names', () => {
  it.each(['a', '/', '//', 'a//b', ' ', '$SYS/x', 'é'])('%j is one', (topic) => {
    expect(topicNameFault(topic)).toBeUndefined();
  });

  it.each([
    ['a/+', 'free of the wildcards + and #'],
    ['a#', 'free of the wildcards + and #'],
    ['a\0b', 'free of NUL'],
  ])('%j is none', (topic, limit) => {
    expect(topicNameFault(topic)).toBe(limit);
  });
});

describe('topic filters', () => {
  it.each([
    '#',
    '+',
    '+/+/#',
    'a/+/b',
    '/#',
    'a//b',
    '/',
    '$share/g/a',
    '$share/g//',
    '$share/g/#',
    '$queue/+',
    '$shared/+',
  ])('%j is one', (filter) => {
    expect(topicFilterFault(filter)).toBeUndefined();
  });

  const ALONE = 'a topic filter whose wildcards + and # fill a level';
  const LAST = 'a topic filter with # in its last level only';
  const GROUP = 'a shared subscription $share/group/filter whose group is not empty and has no wildcards';
  const FILTER = 'a shared subscription with a topic filter behind its prefix';
  it.each([
    ['a+', ALONE],
    ['a/b#', ALONE],
    ['##', ALONE],
    ['+#/a', ALONE],
    ['#/a', LAST],
    ['a/#/b', LAST],
    ['#/#', LAST],
    ['a\0', 'free of NUL'],
    ['$share', GROUP],
    ['$share//a', GROUP],
    ['$share/+/a', GROUP],
    ['$share/g#/a', GROUP],
    ['$share/g', FILTER],
    ['$share/g/', FILTER],
    ['$share/g/#/a', LAST],
    ['$share/g/a+', ALONE],
    ['$queue', FILTER],
    ['$queue/', FILTER],
    ['$queue/#/a', LAST],
  ])('%j is none', (filter, limit) => {
    expect(topicFilterFault(filter)).toBe(limit);
  });
});
