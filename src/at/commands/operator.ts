import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { integerOf } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** The operator that serves the module. */
export interface SelectedOperator {
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
