'use strict';
// Mosca with the doors of the matrix. One argument: JSON with the ports, the files and the accounts; the first account may use topics below `allowed` only. Says "ready".
const mosca = require('mosca');

const { ports, files, accounts, allowed } = JSON.parse(process.argv[2]);
const host = '127.0.0.1';
const tls = { keyPath: files.key, certPath: files.cert };
const mutual = { ...tls, caPaths: [files.ca], requestCert: true, rejectUnauthorized: true };

const open = new mosca.Server({
  host,
  persistence: { factory: mosca.persistence.Memory },
  interfaces: [
    { type: 'mqtt', host, port: ports.plain },
    { type: 'mqtts', host, port: ports.tls, credentials: tls },
    { type: 'mqtts', host, port: ports.mutual, credentials: mutual },
    { type: 'http', host, port: ports.ws },
  ],
});
const guarded = new mosca.Server({ host, port: ports.guarded });
const users = new WeakMap();
const allows = (client, topic) =>
  users.get(client) !== accounts[0].username || topic.startsWith(`${allowed}/`);
guarded.authenticate = (client, username, password, done) => {
  users.set(client, username);
  const known = accounts.some((one) => one.username === username && one.password === String(password));
  done(null, known);
};
guarded.authorizePublish = (client, topic, _payload, done) => done(null, allows(client, topic));
guarded.authorizeSubscribe = (client, topic, done) => done(null, allows(client, topic));

let waiting = 2;
for (const server of [open, guarded]) {
  server.on('ready', () => {
    waiting -= 1;
    if (waiting === 0) console.log('ready');
  });
}
