/** One documented number with a sentence for people. */
export interface Code {
  readonly value: number;
  readonly text: string;
}

export type CodeTable = Readonly<Record<string, Code>>;

/** What the number means, or undefined if the table does not hold it. */
export function meaningOf(table: CodeTable, value: number | undefined): string | undefined {
  return Object.values(table).find((code) => code.value === value)?.text;
}
