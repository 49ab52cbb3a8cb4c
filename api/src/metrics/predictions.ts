import { Counter, type Registry } from 'prom-client';
import { CollectedHistogram } from './histogram.ts';
import type { Tally } from './tally.ts';

/** Inputs and answers, by model and version. */
export function addPredictionMetrics(tallies: () => Iterable<Tally>, register: Registry): void {
  const registers = [register];
  new Counter({
    name: 'hearth_predictions_total',
    help: 'Rows answered, by model and version and outcome: likely (probability of at least 0.5), unlikely, or value (the answer is not a probability).',
    labelNames: ['model', 'version', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { model, version, predictions, likely, probabilities } of tallies()) {
        if (!probabilities) this.inc({ model, version, outcome: 'value' }, predictions);
        else {
          this.inc({ model, version, outcome: 'likely' }, likely);
          this.inc({ model, version, outcome: 'unlikely' }, predictions - likely);
        }
      }
    },
  });
  new Counter({
    name: 'hearth_predictions_by_class_total',
    help: 'Rows answered, by model and version and most probable class, for a target of at most 100 classes.',
    labelNames: ['model', 'version', 'class'],
    registers,
    collect() {
      this.reset();
      for (const { model, version, classes } of tallies())
        for (const [k, name] of classes?.names.entries() ?? [])
          this.inc({ model, version, class: name }, classes?.counts[k]);
    },
  });
  new CollectedHistogram({
    register,
    name: 'hearth_prediction_probability',
    help: 'Probabilities answered, by model and version.',
    *collect() {
      for (const { model, version, probabilities } of tallies())
        if (probabilities) yield { labels: { model, version }, buckets: probabilities };
    },
  });
  for (const { of, name, help } of [
    { of: 'missing', name: 'hearth_inputs_missing_total', help: 'Rows in which a column was missing.' },
    {
      of: 'outside',
      name: 'hearth_inputs_out_of_range_total',
      help: 'Rows in which a column was outside the range or categories of the training rows.',
    },
  ] as const) {
    new Counter({
      name,
      help,
      labelNames: ['model', 'version', 'column'],
      registers,
      collect() {
        this.reset();
        for (const { model, version, columns, [of]: counts } of tallies())
          for (const [i, column] of columns.entries()) this.inc({ model, version, column }, counts[i]);
      },
    });
  }
}
