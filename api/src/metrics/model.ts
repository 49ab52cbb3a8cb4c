import { Counter, Gauge, type Registry } from 'prom-client';
import type { RefusedPart, Serving } from '../serving/index.ts';

/** What can be refused while another model answers. */
const degradedBy: readonly RefusedPart[] = ['version', 'aliases', 'default', 'models'];

type Labels = { model?: string };

/** The default model has no label while its name is not known. */
const labelled = (model: string | undefined): Labels => (model === undefined ? {} : { model });

/** Counts the swaps and refusals of a model from now on. @param nameOf its name, if it is known by then */
export type FollowServing = (serving: Serving, nameOf: () => string | undefined) => void;

/**
 * Which models serve, since when, and what was refused.
 * @param servings the default first; the others that are in memory
 */
export function addModelMetrics(
  servings: () => Iterable<readonly [name: string | undefined, serving: Serving]>,
  register: Registry,
): FollowServing {
  const registers = [register];
  const eachServing = (write: (labels: Labels, serving: Serving) => void): void => {
    for (const [name, serving] of servings()) write(labelled(name), serving);
  };
  new Gauge({
    name: 'hearth_model_info',
    help: 'The models that serve.',
    labelNames: ['name', 'version'],
    registers,
    collect() {
      this.reset();
      for (const [, serving] of servings()) {
        if (serving.since === undefined) continue;
        const { manifest, version } = serving.model();
        this.set({ name: manifest.name, version }, 1);
      }
    },
  });
  new Gauge({
    name: 'hearth_model_serving_since_timestamp_seconds',
    help: 'When the model began to serve; 0 while the default model does not.',
    labelNames: ['model'],
    registers,
    collect() {
      this.reset();
      let isDefault = true;
      eachServing((labels, { since }) => {
        // a model that nobody put into production must not look like an outage because somebody asked for it
        if (since !== undefined) this.set(labels, Date.parse(since) / 1000);
        else if (isDefault) this.set(labels, 0);
        isDefault = false;
      });
    },
  });
  new Gauge({
    name: 'hearth_model_refused',
    help: 'Whether something is refused now (1), so that an earlier version or no model serves.',
    labelNames: ['model'],
    registers,
    collect() {
      this.reset();
      eachServing((labels, { refusals }) => this.set(labels, refusals.length > 0 ? 1 : 0));
    },
  });
  new Gauge({
    name: 'hearth_degraded',
    help: 'Whether an earlier version may serve instead of the one in production (1), by what cannot be used: the version, aliases.json, default.json, or the folder of models.',
    labelNames: ['model', 'reason'],
    registers,
    collect() {
      this.reset();
      eachServing((labels, { since, refusals }) => {
        for (const reason of degradedBy) {
          const isSo = since !== undefined && refusals.some(({ part }) => part === reason);
          this.set({ ...labels, reason }, isSo ? 1 : 0);
        }
      });
    },
  });
  const swaps = new Counter({
    name: 'hearth_model_swaps_total',
    help: 'Number of swaps to another version, without the first one.',
    labelNames: ['model'],
    registers,
    collect() {
      eachServing((labels) => labels.model !== undefined && this.inc(labels, 0));
    },
  });
  const loads = new Counter({
    name: 'hearth_model_loads_total',
    help: 'Number of times that a version was read into memory: many more than swaps mean that models are dropped and asked again.',
    labelNames: ['model'],
    registers,
  });
  const refusals = new Counter({
    name: 'hearth_model_refusals_total',
    help: 'Number of refusals, by the check that failed (unreadable: the files could not be read).',
    labelNames: ['model', 'check'],
    registers,
  });
  return ({ since, refusals: first, events }, nameOf) => {
    const countRefusal = ({ check = 'unreadable' }) => refusals.inc({ ...labelled(nameOf()), check });
    for (const refusal of first) countRefusal(refusal);
    if (since !== undefined) loads.inc(labelled(nameOf()));
    events.on('swap', ({ previous }) => {
      loads.inc(labelled(nameOf()));
      if (previous !== undefined) swaps.inc(labelled(nameOf()));
    });
    events.on('refusal', countRefusal);
  };
}
