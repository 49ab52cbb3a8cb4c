import { Counter, Gauge, type Registry } from 'prom-client';
import type { RefusedPart, Serving } from '../serving/index.ts';

/** What can be refused while another model answers. */
const degradedBy: readonly RefusedPart[] = ['version', 'aliases', 'default', 'models'];

/** Which model serves, since when, and what was refused. */
export function addModelMetrics(serving: Serving, register: Registry): void {
  const registers = [register];
  new Gauge({
    name: 'hearth_model_info',
    help: 'The model that serves.',
    labelNames: ['name', 'version'],
    registers,
    collect() {
      this.reset();
      if (serving.since === undefined) return;
      const { manifest, version } = serving.model();
      this.set({ name: manifest.name, version }, 1);
    },
  });
  new Gauge({
    name: 'hearth_model_serving_since_timestamp_seconds',
    help: 'When the model began to serve; 0 while no model serves.',
    registers,
    collect() {
      this.set(serving.since === undefined ? 0 : Date.parse(serving.since) / 1000);
    },
  });
  new Gauge({
    name: 'hearth_model_refused',
    help: 'Whether something is refused now (1), so that an earlier version or no model serves.',
    registers,
    collect() {
      this.set(serving.refusals.length > 0 ? 1 : 0);
    },
  });
  new Gauge({
    name: 'hearth_degraded',
    help: 'Whether an earlier version may serve instead of the one in production (1), by what cannot be used: the version, aliases.json, default.json, or the folder of models.',
    labelNames: ['reason'],
    registers,
    collect() {
      for (const reason of degradedBy) {
        const isSo = serving.since !== undefined && serving.refusals.some(({ part }) => part === reason);
        this.set({ reason }, isSo ? 1 : 0);
      }
    },
  });
  const swaps = new Counter({
    name: 'hearth_model_swaps_total',
    help: 'Number of swaps to another model, without the first one.',
    registers,
  });
  const refusals = new Counter({
    name: 'hearth_model_refusals_total',
    help: 'Number of refusals, by the check that failed (unreadable: the files could not be read).',
    labelNames: ['check'],
    registers,
  });
  const countRefusal = ({ check = 'unreadable' }) => refusals.inc({ check });
  for (const refusal of serving.refusals) countRefusal(refusal);
  serving.events.on('swap', ({ previous }) => previous !== undefined && swaps.inc());
  serving.events.on('refusal', countRefusal);
}
