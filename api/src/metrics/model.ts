import { Counter, Gauge, type Registry } from 'prom-client';
import type { RefusedPart, Serving } from '../serving/index.ts';

/** What can keep the model that is meant to be in production from answering while another one does. */
const degradedBy: readonly RefusedPart[] = ['version', 'aliases', 'default', 'models'];

/** What serves, since when, and what was refused. */
export function addModelMetrics(serving: Serving, register: Registry): void {
  const registers = [register];
  new Gauge({
    name: 'hearth_model_info',
    help: 'The model that answers.',
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
    help: 'When the model that answers began to; 0 where none does.',
    registers,
    collect() {
      this.set(serving.since === undefined ? 0 : Date.parse(serving.since) / 1000);
    },
  });
  new Gauge({
    name: 'hearth_model_refused',
    help: 'Whether the version that is meant to be in production is refused now: 1, while another one, or none, answers.',
    registers,
    collect() {
      this.set(serving.refusals.length > 0 ? 1 : 0);
    },
  });
  new Gauge({
    name: 'hearth_degraded',
    help: 'Whether the model that answers is not certainly the one meant to be in production, by what cannot be used: the version, aliases.json, default.json, or the folder of the models.',
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
    help: 'Times that another model began to answer, the first one not counted.',
    registers,
  });
  const refusals = new Counter({
    name: 'hearth_model_refusals_total',
    help: 'Times that a version was refused, by the check that it did not pass (unreadable: it could not be read).',
    labelNames: ['check'],
    registers,
  });
  const countRefusal = ({ check = 'unreadable' }) => refusals.inc({ check });
  for (const refusal of serving.refusals) countRefusal(refusal);
  serving.events.on('swap', ({ previous }) => previous !== undefined && swaps.inc());
  serving.events.on('refusal', countRefusal);
}
