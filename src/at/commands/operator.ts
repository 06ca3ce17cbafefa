import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { informationText, integerOf, integersOf, setParameters, splitParameters } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS, RADIO_LIMITS, SCAN_LIMITS } from './limits.js';
import { rangeOf } from './test-form.js';

/** The operator that serves the module. */
interface SelectedOperator {
  /** `<mode>`: 0 the module chooses, 1 it was told, 2 it has left the network. */
  readonly mode: number;
  /** Absent while there is none. */
  readonly operator?: {
    /** `<format>`: 0 long name, 1 short name, 2 MCC and MNC. */
    readonly format: number;
    readonly name: string;
    /** `<AcT>`: 7 is E-UTRAN. */
    readonly act?: number;
  };
}

/** `AT+COPS?` → `+COPS: <mode>[,<format>,"<operator>"[,<AcT>]]`. TS 27.007 7.3. */
export const OPERATOR: OneStageCommand<Nothing, SelectedOperator> = {
  name: '+COPS',
  form: 'read',
  request: fixedRequest('AT+COPS?'),
  response: oneLine<SelectedOperator>('+COPS', {
    parse: ([first, second, name, third]) => {
      const [mode, format, act] = [integerOf(first), integerOf(second), integerOf(third)];
      if (mode === undefined) return undefined;
      if (format === undefined || name === undefined) return { mode };
      return { mode, operator: { format, name: name.text, ...(act === undefined ? {} : { act }) } };
    },
    format: ({ mode, operator }) => {
      if (operator === undefined) return String(mode);
      const { format, name, act } = operator;
      return `${mode},${format},"${name}"${act === undefined ? '' : `,${act}`}`;
    },
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

const FORMATS = [0, 1, 2] as const;

/** How `AT+COPS?` gives the operator: 0 long name, 1 short name, 2 MCC and MNC. */
export type OperatorFormat = (typeof FORMATS)[number];

/** `<mode>`: 0, the module chooses; 3 sets the format alone. */
type OperatorSetting = { readonly mode: 0 } | { readonly mode: 3; readonly format: OperatorFormat };

/** `AT+COPS=0`, `AT+COPS=3,<format>`. TS 27.007 7.3; the modes that leave a network are none of these. */
export const SET_OPERATOR: OneStageCommand<OperatorSetting, Nothing> = {
  name: '+COPS',
  form: 'set',
  request: {
    format: (setting) =>
      setting.mode === 0 ? 'AT+COPS=0' : `AT+COPS=3,${checkOneOf('format', setting.format, FORMATS)}`,
    parse: (line) => {
      const [mode, second, ...rest] = integersOf(setParameters(line, '+COPS')) ?? [];
      if (mode === 0) return second === undefined ? { mode } : undefined;
      const format = FORMATS.find((known) => known === second);
      return mode === 3 && format !== undefined && rest.length === 0 ? { mode, format } : undefined;
    },
  },
  response: NO_INFORMATION,
  limits: RADIO_LIMITS,
  abortable: false,
};

/** A network in reach. */
export interface NetworkInReach {
  /** `<stat>`: 0 unknown, 1 available, 2 current, 3 forbidden. */
  readonly stat: number;
  readonly longName: string;
  readonly shortName: string;
  /** MCC and MNC. */
  readonly numeric: string;
  /** `<AcT>`: 7 is E-UTRAN. */
  readonly act?: number;
}

/** What ends the answer: the modes and formats that can be set. */
const MODES_AND_FORMATS = `,,(0,3),${rangeOf(...FORMATS)}`;

/**
 * `AT+COPS=?` → `+COPS: (<stat>,"<long>","<short>","<numeric>"[,<AcT>]),…,,(<mode>s),(<format>s)`: the networks in reach.
 * TS 27.007 7.3.
 */
export const NETWORKS_IN_REACH: OneStageCommand<Nothing, readonly NetworkInReach[]> = {
  name: '+COPS',
  form: 'test',
  request: fixedRequest('AT+COPS=?'),
  response: {
    format: (networks) => [{ text: `+COPS: ${networks.map(formatNetwork).join()}${MODES_AND_FORMATS}` }],
    parse: ([line, ...rest]) =>
      line === undefined || rest.length > 0 ? undefined : parseNetworks(line.text),
    owns: (text) => parseNetworks(text) !== undefined,
  },
  limits: SCAN_LIMITS,
  abortable: false,
};

function formatNetwork({ stat, longName, shortName, numeric, act }: NetworkInReach): string {
  const names = [longName, shortName, numeric].map((name) => `"${name}"`);
  return `(${[stat, ...names, ...(act === undefined ? [] : [act])].join()})`;
}

function parseNetworks(text: string): NetworkInReach[] | undefined {
  const lists = informationText(text, '+COPS');
  if (lists === undefined || !/^[(,]/.test(lists)) return undefined;
  // Lists of modes and formats have no quotes.
  const networks = lists.match(/\(\d,"[^"]*","[^"]*","\d{5,6}"(?:,\d{1,2})?\)/g) ?? [];
  return networks.flatMap((network) => {
    const [stat, long, short, numeric, act] = splitParameters(network.slice(1, -1)) ?? [];
    if (long === undefined || short === undefined || numeric === undefined) return [];
    const technology = integerOf(act);
    return {
      stat: integerOf(stat) ?? 0,
      longName: long.text,
      shortName: short.text,
      numeric: numeric.text,
      ...(technology === undefined ? {} : { act: technology }),
    };
  });
}
