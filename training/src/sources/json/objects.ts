import type { SourceCell, SourceColumn } from '../source.ts';

/** A JSON text as a value, with whole numbers beyond 2^53 - 1 as bigints. @throws SyntaxError */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text)
    ? JSON.parse(text, exactly as (key: string, value: unknown) => unknown)
    : JSON.parse(text);
}

/** A reviver gets the text of each number: https://github.com/tc39/proposal-json-parse-with-source. */
function exactly(_: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

export type JsonObject = Readonly<Record<string, unknown>>;
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes rows of objects; a member that is new becomes a column. */
export function objectReader(columns: SourceColumn[]): (object: JsonObject) => SourceCell[] {
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  return (object) => {
    const cells: SourceCell[] = new Array(columns.length).fill(null);
    for (const name of Object.keys(object)) {
      let at = places.get(name);
      if (at === undefined) {
        at = columns.push({ name }) - 1;
        places.set(name, at);
      }
      cells[at] = toCell(object[name]);
    }
    return cells;
  };
}

/** A value as a cell: what is nested as its JSON. */
export function toCell(value: unknown): SourceCell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object')
    return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));
  return Number.isNaN(value) ? null : (value as SourceCell);
}
