import { createHash } from 'node:crypto';
import type { SourceRow } from './source.ts';

/** A hash of the rows of a table that is no file: SHA-256 of each row as a line of JSON, bigints as texts. */
export function rowsHash(names: readonly string[]) {
  const hash = createHash('sha256').update(`${JSON.stringify(names)}\n`);
  return {
    update(rows: readonly SourceRow[]): void {
      hash.update(rows.map(({ cells }) => `${JSON.stringify(cells, asText)}\n`).join(''));
    },
    digest: () => hash.digest('hex'),
  };
}

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
