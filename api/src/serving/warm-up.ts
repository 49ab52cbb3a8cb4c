import { setImmediate } from 'node:timers/promises';
import type { Model, Readings } from '@hearth/artifact';

const rounds = 500;
/** Other requests wait no longer than this for a slice of the warm-up, in milliseconds. */
const slice = 2;

/** Lets the engine compile the paths that the model's rows take, so that its first requests are not its slowest. */
export async function warmUp(model: Model): Promise<void> {
  const { golden, columns } = model.manifest;
  const bodies = golden.map(({ row }) => Buffer.from(JSON.stringify(row)));
  const cells = new Float64Array(columns.length);
  let readings: Readings | undefined;
  let began = performance.now();
  for (let i = 0; i < rounds; i++) {
    model.readPlainRow(bodies[i % bodies.length], 0, cells, 0);
    model.cellWarnings(cells, 0, '');
    readings = model.predictCells(cells, readings);
    if (performance.now() - began < slice) continue;
    await setImmediate();
    began = performance.now();
  }
}
