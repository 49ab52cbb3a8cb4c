import type { Row } from '@hearth/artifact';
import { locateModel, openRegistry, readModel } from '@hearth/artifact/store';
import type { Way } from './tensors.ts';

/** Rows that the API answers together. */
const together = 200;

/** The answers to a batch without a server, from cells that are there: what the same rows cost at least, in any format. */
export async function bareWalk(models: string, rows: readonly Row[]): Promise<Way> {
  const { folder } = await locateModel(models);
  const registry = openRegistry(folder);
  const { manifest, writeCells, predictCells } = await readModel(`${folder}/${await registry.production()}`);
  const width = manifest.columns.length;
  const cells = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) writeCells(row, cells, i * width);
  return {
    name: 'bare walk, no server',
    pid: process.pid,
    async send() {
      for (let row = 0; row < rows.length; row += together)
        predictCells(cells.subarray(row * width, (row + together) * width));
      return true;
    },
  };
}
