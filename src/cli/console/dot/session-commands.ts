import { connectOptions } from '../../connect-options.js';
import { addConnectionOptions, type ConnectionOptions } from '../../options/connection-options.js';
import { isSimulated } from '../../port.js';
import type { DotCommand } from './dot-command.js';
import { parseUsage } from './usage.js';

const USAGE = '.connect [-b url] [-i id] [-u user] [-P password] [-k s] [-c] [--will-topic …]';

export const CONNECT: DotCommand = {
  name: '.connect',
  usage: USAGE,
  about: 'session with a broker; what is left out is taken from the command line',
  run: async (rest, { connection, mqtt, view }) => {
    const { args, options } = parseUsage<ConnectionOptions>(USAGE, rest, (command) =>
      addConnectionOptions(command).argument('[broker]'),
    );
    const [broker] = args;
    const simulated = isSimulated(connection.port) ? { broker: 'mqtt://localhost' } : {};
    const typed = broker === undefined ? options : { ...options, broker };
    await mqtt.connect(connectOptions({ ...simulated, ...connection, ...typed }));
    view.note(`session: ${mqtt.state}`, 'good');
  },
};

export const DISCONNECT: DotCommand = {
  name: '.disconnect',
  usage: '.disconnect',
  about: 'end the session; the port stays open',
  run: async (_rest, { mqtt, view }) => {
    // Tells that there is none.
    mqtt.client.connected;
    await mqtt.disconnect();
    view.note('disconnected; the port is used raw', 'good');
  },
};
