import type { Remark } from './types.ts';

/** A row that has faults, such as an unknown column. */
export class RowError extends Error {
  override name = 'RowError';
  readonly faults: readonly Remark[];

  constructor(faults: readonly Remark[]) {
    const listed = faults.slice(0, 10).map(({ pointer, detail }) => `${pointer || 'the row'} ${detail}`);
    super(listed.join('; ') + (faults.length > 10 ? `; and ${faults.length - 10} more` : ''));
    this.faults = faults;
  }
}
