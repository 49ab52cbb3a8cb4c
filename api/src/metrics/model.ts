import { Counter, Gauge, type Registry } from 'prom-client';
import type { Serving } from '../serving/index.ts';

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
      this.set(serving.refusal ? 1 : 0);
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
  if (serving.refusal) countRefusal(serving.refusal);
  serving.events.on('swap', ({ previous }) => previous !== undefined && swaps.inc());
  serving.events.on('refusal', countRefusal);
}
