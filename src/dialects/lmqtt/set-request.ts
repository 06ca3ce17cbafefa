import type { CommandRequest } from '../../at/command.js';
import { type FieldList, formatFields, parseFields, setParameters } from './field-list.js';

/** The request of a parameter set command, `AT<name>=<fields>`. */
export function setRequest<A extends object>(name: string, fields: FieldList<A>): CommandRequest<A> {
  return {
    format: (args) => `AT${name}=${formatFields(fields, args)}`,
    parse: (line) => parseFields(fields, setParameters(line, name)),
  };
}
