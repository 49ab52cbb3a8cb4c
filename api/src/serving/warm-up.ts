import { setImmediate } from 'node:timers/promises';
import type { Model } from '@hearth/artifact';

const rounds = 500;
/** Other requests wait no longer than this for a slice of the warm-up, in milliseconds. */
const slice = 2;

/** Lets the engine compile the paths that the model's rows take, so that its first requests are not its slowest. */
export async function warmUp(model: Model): Promise<void> {
  const { golden } = model.manifest;
  let began = performance.now();
  for (let i = 0; i < rounds; i++) {
    const { row } = golden[i % golden.length];
    model.check(row, '');
    model.warnings(row, '');
    model.predict(row);
    if (performance.now() - began < slice) continue;
    await setImmediate();
    began = performance.now();
  }
}
