import {
  type Model,
  mainOutput,
  type OutputNames,
  outputNames,
  type SeenCells,
  seenCells,
  targetKind,
} from '@hearth/artifact';
import type { Observe } from '../observe.ts';
import type { Serving } from '../serving/index.ts';
import { Buckets } from './histogram.ts';

/** More classes would be too many series. */
const mostClasses = 100;

/** Upper bounds of the classes of probabilities. */
const bounds = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** Inputs and answers of one model. Called for each row of each batch, so counting is a few additions. */
export class Tally {
  readonly model: string;
  readonly version: string;
  readonly columns: readonly string[];
  /** Number of rows in which a column was missing, by column. */
  readonly missing: Float64Array;
  /** Number of rows in which a column was outside the range or categories of the training rows, by column. */
  readonly outside: Float64Array;
  /** The answers; absent if they are not probabilities. */
  readonly probabilities?: Buckets;
  /** The classes, and the rows that were answered with each; absent if there are none, or more than one label may take. */
  readonly classes?: OutputNames & { counts: Float64Array };
  predictions = 0;
  /** Number of probabilities of at least 0.5. */
  likely = 0;
  readonly #isSeen: SeenCells;

  constructor({ version, manifest: { name, columns, target } }: Model) {
    this.model = name;
    this.version = version;
    this.columns = columns.map(({ name }) => name);
    this.missing = new Float64Array(columns.length);
    this.outside = new Float64Array(columns.length);
    this.#isSeen = seenCells(columns);
    const several = outputNames(target);
    if (several?.field === 'probabilities' && several.names.length <= mostClasses)
      this.classes = { ...several, counts: new Float64Array(several.names.length) };
    if (targetKind(target).field === 'probability') this.probabilities = new Buckets(bounds);
  }

  /** @param at index of the row's first cell */
  add(cells: Float64Array, at: number, answer: number): void {
    this.predictions++;
    if (this.probabilities) {
      this.probabilities.add(answer);
      if (answer >= 0.5) this.likely++;
    }
    for (let i = 0; i < this.columns.length; i++) {
      const cell = cells[at + i];
      if (Number.isNaN(cell)) this.missing[i]++;
      else if (!this.#isSeen(i, cell)) this.outside[i]++;
    }
  }
}

/** Counts the most probable class of each row. @param outputs [rows × classes] */
function countClasses({ classes }: Tally, outputs: Float64Array | undefined): void {
  if (!classes || !outputs) return;
  const { counts } = classes;
  for (let at = 0; at < outputs.length; at += counts.length) counts[mainOutput(classes, outputs, at)]++;
}

/** Versions whose counts are kept, of one model and of all: each has its own series, and a long-running process can serve many. */
const keptOfModel = 10;
const keptOfAll = 100;

export interface Counted {
  tallies(): Iterable<Tally>;
  observe: Observe;
  /** Begins to count each version at 0 when it begins to serve, so that Prometheus sees its first answers as an increase. */
  follow(serving: Serving): void;
}

/** Counts the answers of each version on all routes. */
export function countAnswers(): Counted {
  const tallies = new Map<string, Tally>();
  const made = new WeakMap<Model, Tally>();

  function tallyOf(model: Model): Tally {
    const known = made.get(model);
    if (known) return known;
    const key = `${model.manifest.name} ${model.version}`;
    const tally = tallies.get(key) ?? new Tally(model); // a version that is loaded again goes on where it was
    made.set(model, tally);
    tallies.delete(key);
    tallies.set(key, tally);
    const ofModel = [...tallies.keys()].filter((each) => each.startsWith(`${model.manifest.name} `));
    if (ofModel.length > keptOfModel) tallies.delete(ofModel[0]);
    else if (tallies.size > keptOfAll) tallies.delete([...tallies.keys()][0]);
    return tally;
  }

  return {
    tallies: () => tallies.values(),
    follow(serving) {
      const begin = (): unknown => tallyOf(serving.model());
      if (serving.since !== undefined) begin();
      serving.events.on('swap', begin);
    },
    observe({ model, cells, readings: { answer, outputs } }) {
      const tally = tallyOf(model);
      const width = tally.columns.length;
      for (let i = 0; i < answer.length; i++) tally.add(cells, i * width, answer[i]);
      countClasses(tally, outputs);
    },
  };
}
