import { type Model, rowPredictor } from '@hearth/artifact';
import type { Serving } from '../serving/index.ts';
import { Tally } from './tally.ts';

/** Models whose counts are kept: each has its own series, and a process can see many in its life. */
const tallies = 10;

/** A serving whose models count what they answer, whichever route asked them. */
export interface CountedServing extends Serving {
  /** The newest last. */
  readonly tallies: readonly Tally[];
}

export function countAnswers(serving: Serving): CountedServing {
  const kept: Tally[] = [];
  const counted = new WeakMap<Model, Model>();

  function countedModel(model: Model): Model {
    const known = counted.get(model);
    if (known) return known;
    const tally = new Tally(model);
    kept.push(tally);
    if (kept.length > tallies) kept.shift();
    const { columns } = model.manifest;
    const made: Model = {
      ...model,
      ...rowPredictor(columns, (cells, into) => {
        const readings = model.predictCells(cells, into);
        const { answer } = readings;
        for (let i = 0; i < answer.length; i++) tally.add(cells, i * columns.length, answer[i]);
        return readings;
      }),
    };
    counted.set(model, made);
    return made;
  }

  return Object.create(serving, {
    tallies: { value: kept },
    model: { value: () => countedModel(serving.model()) },
  });
}
