import { describe, expect, it } from 'vitest';
import {
  closeFailure,
  connectFailure,
  disconnectFailure,
  openFailure,
  publishFailure,
  statusFailure,
  subscribeFailure,
  unsubscribeFailure,
} from '../../../src/dialects/lmqtt/failures.js';

describe('failing results', () => {
  it.each([
    [
      openFailure({ result: -1, extend: 4 }),
      'OPEN_FAILED',
      'open failed: domain name could not be resolved (result -1, extend 4)',
    ],
    [
      openFailure({ result: -1 }),
      'OPEN_FAILED',
      'open failed: the connection could not be opened (result -1)',
    ],
    [
      openFailure({ result: -1, extend: 9 }),
      'OPEN_FAILED',
      'open failed: the connection could not be opened (result -1, extend 9)',
    ],
    [openFailure({ result: 7 }), 'OPEN_FAILED', 'open failed: for an unknown reason (result 7)'],
    [
      connectFailure({ result: 0, returnCode: 4 }),
      'CONNECT_REFUSED',
      'connect refused: bad user name or password (result 0, return code 4)',
    ],
    [
      connectFailure({ result: 1, returnCode: 1 }),
      'CONNECT_REFUSED',
      'connect refused: unacceptable protocol version (result 1, return code 1)',
    ],
    [
      connectFailure({ result: 0, returnCode: 6 }),
      'CONNECT_FAILED',
      'connect failed: CONNECT could not be sent (result 0, return code 6)',
    ],
    [connectFailure({ result: 2 }), 'CONNECT_FAILED', 'connect failed: CONNECT could not be sent (result 2)'],
    [
      connectFailure({ result: 2, returnCode: 0 }),
      'CONNECT_FAILED',
      'connect failed: CONNECT could not be sent (result 2, return code 0)',
    ],
    [
      connectFailure({ result: 0, returnCode: 9 }),
      'CONNECT_FAILED',
      'connect failed: for an unknown reason (result 0, return code 9)',
    ],
    [
      subscribeFailure({ result: 1, extend: 6 }),
      'SUBSCRIBE_FAILED',
      'subscribe failed: the packet could not be sent (result 1, extend 6)',
    ],
    [
      subscribeFailure({ result: 1, extend: 1 }),
      'SUBSCRIBE_FAILED',
      'subscribe failed: the module reports a failure (result 1, extend 1)',
    ],
    [
      unsubscribeFailure({ result: 1, extend: 7 }),
      'UNSUBSCRIBE_FAILED',
      'unsubscribe failed: a parameter is wrong (result 1, extend 7)',
    ],
    [
      publishFailure({ result: 2, extend: 6 }),
      'PUBLISH_FAILED',
      'publish failed: the packet could not be sent (result 2, extend 6)',
    ],
    [
      publishFailure({ result: 1, extend: 6 }),
      'PUBLISH_FAILED',
      'publish failed: sent, but the acknowledgement was wrong (result 1, extend 6)',
    ],
    [
      disconnectFailure({ result: 1 }),
      'DISCONNECT_FAILED',
      'disconnect failed: the module reports a failure (result 1)',
    ],
    [
      closeFailure({ result: 1, extend: 2 }),
      'DISCONNECT_FAILED',
      'close failed: the module reports a failure (result 1, extend 2)',
    ],
    [statusFailure({ status: 1 }), 'SESSION_LOST', 'session lost: closed or reset by the server (status 1)'],
    [
      statusFailure({ status: 15, extend: 5 }),
      'SESSION_LOST',
      'session lost: the broker refused the connection: not authorized (status 15, extend 5)',
    ],
    [statusFailure({ status: 99 }), 'SESSION_LOST', 'session lost: for an unknown reason (status 99)'],
  ])('%s', (error, code, message) => {
    expect(error?.code).toBe(code);
    expect(error?.message).toBe(message);
  });

  it('carry their numbers', () => {
    expect(openFailure({ result: -1, extend: 4 })).toMatchObject({ result: -1, extend: 4 });
    expect(connectFailure({ result: 0, returnCode: 5 })).toMatchObject({ result: 0, extend: 5 });
    expect(statusFailure({ status: 3 })).toMatchObject({ result: 3, extend: undefined });
  });

  it.each([1, 2, 3, 4, 5])('return code %i is the refusal of the broker', (returnCode) => {
    expect(connectFailure({ result: 0, returnCode })?.code).toBe('CONNECT_REFUSED');
  });

  it.each([
    openFailure({ result: 0 }),
    connectFailure({ result: 0, returnCode: 0 }),
    connectFailure({ result: 1 }),
    connectFailure({ result: 1, returnCode: 0 }),
    subscribeFailure({ result: 0, extend: 1 }),
    unsubscribeFailure({ result: 0 }),
    publishFailure({ result: 0 }),
    disconnectFailure({ result: 0 }),
    closeFailure({ result: 0 }),
    statusFailure({ status: 0 }),
  ])('success %# gives none', (error) => {
    expect(error).toBeUndefined();
  });
});
