import type { Model } from '@hearth/artifact';
import type { Observe } from '../observe.ts';
import type { Serving } from '../serving/index.ts';
import { Tally } from './tally.ts';

/** Models whose counts are kept: each has its own series, and a process can see many in its life. */
const talliesKept = 10;

/** Counts what the models of a serving answer, whichever route asked them; each from 0, so that its first answers are seen to come. */
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
