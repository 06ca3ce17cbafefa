import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const SHUFFLED_RESULTS: FaultDefinition = {
  name: 'shuffled-results',
  parameter: '[=<ms>]',
  help: 'results of publishes are late by up to so many ms, default 20, and come out of order',
  create: (argument, random) => {
    const most = integerArgument('shuffled-results', argument, [1, 60_000], 20);
    return { publishDelay: () => Math.floor(random() * (most + 1)) };
  },
};
