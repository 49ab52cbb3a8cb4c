import { Counter, type Registry } from 'prom-client';
import { CollectedHistogram } from './histogram.ts';
import type { Tally } from './tally.ts';

/** What the models were asked and what they answered. */
export function addPredictionMetrics(tallies: readonly Tally[], register: Registry): void {
  const registers = [register];
  new Counter({
    name: 'hearth_predictions_total',
    help: 'Rows answered, by version and by whether the outcome is likelier than not (value: an answer that is no chance).',
    labelNames: ['version', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { version, predictions, likely, chances } of tallies) {
        if (!chances) this.inc({ version, outcome: 'value' }, predictions);
        else {
          this.inc({ version, outcome: 'likely' }, likely);
          this.inc({ version, outcome: 'unlikely' }, predictions - likely);
        }
      }
    },
  });
  new CollectedHistogram({
    register,
    name: 'hearth_prediction_probability',
    help: 'Chances answered, by version.',
    *collect() {
      for (const { version, chances } of tallies)
        if (chances) yield { labels: { version }, buckets: chances };
    },
  });
  for (const { of, name, help } of [
    { of: 'missing', name: 'hearth_inputs_missing_total', help: 'Rows in which a column was not given.' },
    {
      of: 'outside',
      name: 'hearth_inputs_out_of_range_total',
      help: 'Rows in which a column lay outside the range, or the categories, of the training rows.',
    },
  ] as const) {
    new Counter({
      name,
      help,
      labelNames: ['version', 'column'],
      registers,
      collect() {
        this.reset();
        for (const { version, columns, [of]: counts } of tallies)
          for (const [i, column] of columns.entries()) this.inc({ version, column }, counts[i]);
      },
    });
  }
}
