import type { Identity } from '../../../simulator/module/identity.js';
import type { Loss } from '../../../simulator/module/mqtt/mqtt-stack.js';
import type { SimulatedDialect } from '../../../simulator/module/simulated-dialect.js';
import { SESSION_STATES } from '../codes.js';
import { CONNECTION_ID } from '../limits.js';
import { commandLineEnd, inlineEnd, PUBLISH } from '../message-commands.js';
import { SESSION_STATUS } from '../messages.js';
import { PROFILES, type ProfileName } from '../profiles.js';
import { Downlinks } from './downlinks.js';
import { LMQTT_FAULTS } from './faults.js';
import type { LmqttModule } from './lmqtt-module.js';
import { messageBehaviours } from './message-behaviours.js';
import { sessionBehaviours } from './session-behaviours.js';
import { type Flash, Settings } from './settings.js';
import { vendorBehaviours } from './vendor-behaviours.js';

/** IMEI as in the transcripts [T]; `NT26KCNA00NNA-L…` [C]; everything else is made up. */
const COMMON = {
  manufacturer: 'Lierda',
  imei: '861326070275653',
  iccid: '89860422102280012345',
  imsi: '460045012345678',
};

const IDENTITIES: Readonly<Record<ProfileName, Identity>> = {
  nt26: { ...COMMON, model: 'NT26-KCN', revision: 'NT26KCNA00NNA', firmware: 'NT26KCNA00NNA-L01S' },
  nt35e: { ...COMMON, model: 'NT35E', revision: 'NT35ECNA00NNA', firmware: 'NT35ECNA00NNA-L01S' },
};

/** `STATS`: lmqtt.md 7. That a server that says what is not MQTT is told as 4 is [A]. */
const LOSSES: Readonly<Record<Loss, number>> = {
  server: SESSION_STATES.CLOSED_BY_SERVER.value,
  protocol: SESSION_STATES.PROTOCOL.value,
  network: SESSION_STATES.CLOSED.value,
};

/** The module's side of LMQTT. */
export const SIMULATED_LMQTT: SimulatedDialect = {
  identities: IDENTITIES,
  // From the chip's ROM, ending in LF alone: lmqtt.md 7 [T].
  bootLine: Buffer.from("^boot.rom'v\x80!\n", 'latin1'),
  // lmqtt.md 7 [T].
  powerDown: { text: 'NORMAL POWER DOWN' },
  faults: LMQTT_FAULTS,

  recordings: {
    chosen: [
      // LMQTTPUB=<id>,<msgID>,…; lmqtt.md 5 [M]
      { pattern: /^(AT\+LMQTTPUB=\d+,)(\d+)(,.*)$/s, messageId: true },
      // LMQTTSUBUNSUB=<id>,<subflag>,<msgID>,…; lmqtt.md 4 [M]
      { pattern: /^(AT\+LMQTTSUBUNSUB=\d+,[01],)(\d+)(,.*)$/s, messageId: true },
      // LMQTTCONN=<id>,"clientID"…; lmqtt.md 3 [M]
      { pattern: /^(AT\+LMQTTCONN=\d+,")([^"]*)(".*)$/s, messageId: false },
    ],
    // In both spellings: lmqtt.md 4 and 5 [M].
    results: [/(\+LMQTT(?:PUB|SUBUNSUB|UNSUNSUB): ?\d+,)(\d+)/g],
    announcedLength: (commandLine) => {
      const publication = PUBLISH.request.parse(commandLine);
      return publication && PUBLISH.data?.length(publication);
    },
  },

  payloadEnd: (command) => (/^\+LMQTTPUB=/i.test(command) ? inlineEnd(command) : undefined),
  lineEnd: (text, first) => commandLineEnd(text, first, /\r/),

  powerUp(module, { profile, flash, signLogin }) {
    const settings = new Settings(flash as Flash | undefined);
    const lmqtt: LmqttModule = {
      module,
      profile: PROFILES[profile as ProfileName],
      settings,
      downlinks: new Downlinks(settings),
      signLogin,
      ask: (question) => module.faults.ask(question),
    };
    return {
      behaviours: [...vendorBehaviours(), ...sessionBehaviours(lmqtt), ...messageBehaviours(lmqtt)],
      withholdsResult: () =>
        lmqtt.ask((fault) => fault.resultsNeedUrcSetting) === true && !settings.get('urc').enabled,
      message: (topic, payload) =>
        lmqtt.downlinks.receive(topic, payload, lmqtt.ask((fault) => fault.quotesPayload) === true),
      lost: (loss) => SESSION_STATUS.format({ id: CONNECTION_ID, status: LOSSES[loss] }),
    };
  },
};
