import type { Model } from '@hearth/artifact';
import type { Observe } from '../observe.ts';
import type { Serving } from '../serving/index.ts';
import { Tally } from './tally.ts';

/** Models whose counts are kept: each has its own series, and a long-running process can serve many. */
const talliesKept = 10;

/** Counts the answers of each model on all routes. Each model starts at 0, so that Prometheus sees its first answers as an increase. */
export function countAnswers(serving: Serving): { tallies: readonly Tally[]; observe: Observe } {
  const tallies: Tally[] = [];
  const made = new WeakMap<Model, Tally>();

  function tallyOf(model: Model): Tally {
    const known = made.get(model);
    if (known) return known;
    const tally = new Tally(model);
    made.set(model, tally);
    tallies.push(tally);
    if (tallies.length > talliesKept) tallies.shift();
    return tally;
  }

  const begin = (): unknown => tallyOf(serving.model());
  if (serving.since !== undefined) begin();
  serving.events.on('swap', begin);

  return {
    tallies,
    observe({ model, cells, readings: { answer } }) {
      const tally = tallyOf(model);
      const width = tally.columns.length;
      for (let i = 0; i < answer.length; i++) tally.add(cells, i * width, answer[i]);
    },
  };
}
