import { createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** Answers every command line as a module answers `AT+CSQ`, on stdio, or on a TCP port that it prints. */
const ANSWER = '\r\n+CSQ: 27,99\r\n\r\nOK\r\n';

function respond(input: Readable, output: Writable): void {
  input.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0d) output.write(ANSWER);
  });
}

if (process.argv[2] === 'tcp') {
  const server = createServer({ noDelay: true }, (socket) => {
    respond(socket, socket);
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) console.log(address.port);
  });
  process.stdin.resume().on('end', () => process.exit());
} else {
  respond(process.stdin, process.stdout);
}
