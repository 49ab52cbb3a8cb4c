import { setImmediate } from 'node:timers/promises';
import type { Model, Readings } from '@hearth/artifact';

const rounds = 500;
/** Longest time for which the warm-up holds up other requests, in milliseconds. */
const slice = 2;

/** Makes V8 compile the code that the model's rows run through, so that the first requests are not the slowest. */
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
