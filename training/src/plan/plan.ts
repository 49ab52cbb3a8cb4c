import { blendSeconds, secondsOf, type TableSize, timesOfSlowBoosting, usefulThreads } from './cost.ts';

export const efforts = ['quick', 'normal', 'thorough'] as const;
/** By name; `try` is that of `hearth try`. */
export type Effort = (typeof efforts)[number] | 'try';

/** What a training can do without, beside learners. */
export type Part =
  | 'five-folds'
  | 'regression'
  | 'blend'
  | 'stages'
  | 'learning-curve'
  | 'slow-boosting'
  | 'ten-folds'
  | 'two-repeats'
  | 'ml-random-forest';

/** What a training does, chosen before the first fit. */
export interface Plan {
  /** Seconds on the reference machine, of two cores, that it was chosen for. */
  budget: number;
  /** Seconds that it takes there, and that all of it would take. */
  seconds: number;
  wholeSeconds: number;
  /** Names of learners to compare. */
  candidates: string[];
  folds: number;
  repeats: number;
  /** Whether gradient boosting takes slower steps, and averages more models. */
  slowBoosting: boolean;
  /** Learners and parts that do not fit into the budget, the most useful first. */
  leftOut: readonly string[];
}

export interface Wish {
  /** Seconds on the reference machine. */
  budget: number;
  /**
   * The budget is no limit: the most useful learner may take somewhat longer, as a worse model in less time is no bargain, and a blend, which
   * may not be chosen, counts without its weights and its learning curve.
   */
  mayExceed?: true;
  /** Names of learners, the most useful first. */
  learners: readonly string[];
  /** Those of them that can be blended; a blend of all of them is trained at the end, one after the other. */
  blended?: readonly string[];
  /** Numbers that are given, and not chosen. */
  folds?: number;
  repeats?: number;
  /** Parts that are not wanted, however long the time. */
  without?: readonly Part[];
  /** Numbers of columns at each stage of the evaluation. */
  stages: readonly number[];
}

const seconds = { try: 40, quick: 20, normal: 60, thorough: 600 };
/** Above so many cells, the time of an effort grows with a power of them. */
const cells = 2e5;
const growth = 0.4;

/** Seconds of an effort: 20, 60 or 600 for up to 10,000 rows × 20 columns, six times as much for 1,000,000 rows. */
export const budgetOf = (effort: Effort, { rows, columns }: TableSize): number =>
  Math.round(seconds[effort] * Math.max(1, (rows * columns) / cells) ** growth);

const cores = 2;

/** How many times a budget that is no limit the most useful learner may take. */
const slack = 1.5;

interface Draft {
  candidates: string[];
  folds: number;
  repeats: number;
  parts: string[];
}

/** Adds a learner or a part as a whole; undefined where that changes nothing. */
interface Addition {
  name: string;
  add(draft: Draft): Draft;
}

/**
 * The largest plan within a budget: the most useful learner that fits in three folds, and whatever else fits, in the order of its use. The
 * first of them may take `slack` times a budget that is no limit. Where nothing fits, the cheapest learner is taken.
 */
export function choosePlan(size: TableSize, wish: Wish): Plan {
  const timed = (draft: Draft) => secondsFor(size, draft, wish);
  const alone = wish.learners.map(
    (name): Draft => ({ candidates: [name], folds: wish.folds ?? 3, repeats: wish.repeats ?? 1, parts: [] }),
  );
  const most = (place: number) => (place === 0 && wish.mayExceed ? slack : 1) * wish.budget;
  const fitting = alone.find((each, place) => timed(each) <= most(place));
  const smallest = fitting ?? alone.reduce((a, b) => (timed(b) < timed(a) ? b : a));
  const leftOut: string[] = [];
  let draft = smallest;
  let whole = smallest;
  for (const { name, add } of additionsFor(wish, smallest.candidates)) {
    whole = add(whole);
    const larger = add(draft);
    if (timed(larger) <= wish.budget) draft = larger;
    else leftOut.push(name);
  }
  return {
    budget: wish.budget,
    seconds: Math.ceil(timed(draft)),
    wholeSeconds: Math.ceil(timed(whole)),
    candidates: draft.candidates,
    folds: draft.folds,
    repeats: draft.repeats,
    slowBoosting: draft.parts.includes('slow-boosting'),
    leftOut,
  };
}

/** What the smallest plan does not have, the most useful first. */
function additionsFor(
  { learners, blended = [], folds, repeats, without = [] }: Wish,
  candidates: readonly string[],
): Addition[] {
  const part = (name: Part, change: Partial<Draft> = {}): Addition => ({
    name,
    add: (draft) => ({ ...draft, ...change, parts: [...draft.parts, name] }),
  });
  const learner = (name: string): Addition => ({
    name,
    add: (draft) => ({ ...draft, candidates: [...draft.candidates, name] }),
  });
  const ofFolds = (name: Part, count: number) => (folds === undefined ? [part(name, { folds: count })] : []);
  const additions = [
    ...ofFolds('five-folds', 5),
    part('regression'),
    ...learners.filter((name) => !candidates.includes(name)).map(learner),
    ...(blended.length > 1 ? [part('blend')] : []),
    part('stages'),
    part('learning-curve'),
    ...(learners.includes('gbdt') ? [part('slow-boosting')] : []),
    ...ofFolds('ten-folds', 10),
    ...(repeats === undefined ? [part('two-repeats', { repeats: 2 })] : []),
    part('ml-random-forest'),
  ];
  return additions.filter(({ name }) => !(without as readonly string[]).includes(name));
}

/** Shares of the rows that a learning curve trains on, in each of four folds. */
const curve = { folds: 4, shares: [0.15, 0.3, 0.525, 0.75] };

/** A fit that chooses its settings, five that do not, and the trees of the errors take as long as so many that do. */
const fitsOfQuantiles = 4;

/** By how much boosted trees grow faster on two cores. */
const gainOfThreads = 1.7;

/** Seconds on the reference machine: folds are trained on both cores; so are the model of all rows and its interval, or one after the other. */
function secondsFor(
  size: TableSize,
  { candidates, folds, repeats, parts }: Draft,
  { stages, blended = [], mayExceed }: Wish,
): number {
  const ofRows = (share: number): TableSize => ({ ...size, rows: Math.round(share * size.rows) });
  const fits = size.hasQuantiles ? fitsOfQuantiles : 1;
  const isSlow = parts.includes('slow-boosting');
  const once = (name: string, of: TableSize) =>
    fits *
    (name === 'gbdt' && isSlow ? timesOfSlowBoosting(of) : 1) *
    secondsOf[name as keyof typeof secondsOf](of);
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const members = parts.includes('blend') ? candidates.filter((name) => blended.includes(name)) : [];
  const ofAll = (names: readonly string[], share: number) => names.map((name) => once(name, ofRows(share)));
  // whether a blend is chosen, whose learning curve takes longer, is not known before; only a limit counts with it
  const longest = (share: number) =>
    Math.max(...ofAll(candidates, share), mayExceed ? 0 : sum(ofAll(members, share)));
  const interval = secondsOf.interval(size);
  const last = (name: string) => {
    if (name === 'gbdt' && usefulThreads(size) > 1) return once(name, size) / gainOfThreads + interval;
    return Math.max(once(name, size) / (name === 'forest' ? cores : 1), interval);
  };
  const inFold = ofRows(1 - 1 / folds);
  const columns = [
    ...(parts.includes('regression') ? [size.columns] : []),
    ...(parts.includes('stages') ? stages : []),
  ];
  const perFold =
    sum(candidates.map((name) => once(name, inFold))) +
    sum(
      columns.map((count) =>
        secondsOf.regression({ ...inFold, features: (size.features * count) / size.columns }),
      ),
    );
  const points = parts.includes('learning-curve') ? curve.folds * sum(curve.shares.map(longest)) : 0;
  const reference = parts.includes('ml-random-forest') ? secondsOf['ml-reference'](size) : 0;
  const inThreads = folds * repeats * perFold + points + reference;
  return (
    inThreads / cores +
    Math.max(...candidates.map(last), sum(members.map((name) => once(name, size)))) +
    (mayExceed ? 0 : blendSeconds(size, members.length, folds * repeats + 1)) +
    2 * secondsOf.design(size)
  );
}
