import { Cleanup } from '../harness/cleanup.js';
import { startEjabberd } from './ejabberd.js';
import { startRabbitmq } from './rabbitmq.js';

/** A run that interrupted-run.test.ts interrupts when one broker is up and the other is starting. */
process.once('SIGINT', () => process.exit(130));
const cleanup = new Cleanup();
startRabbitmq(cleanup);
await startEjabberd(cleanup);
console.log('ejabberd is up');
