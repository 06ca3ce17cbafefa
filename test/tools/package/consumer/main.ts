import { useErrors } from './library.js';
import { onBroker, onCloud } from './simulators.js';
import { LOST } from './types.js';

async function main(): Promise<void> {
  await onBroker();
  await onCloud();
  await useErrors();
  // How the compiled file was loaded: the same source is compiled for both kinds of modules.
  console.log(typeof module === 'object' ? 'used as CommonJS' : 'used as ESM', `, ${LOST} lost`);
}

main().catch((error: unknown) => {
  console.error(error);
  // What is open would keep it going.
  process.exit(1);
});
