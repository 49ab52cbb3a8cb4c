/** What the time of a training depends on. */
export interface TableSize {
  rows: number;
  columns: number;
  /** Numbers, and indicators of categories, that a regression has coefficients for. */
  features: number;
  /** Values of all columns that differ, as far as they are told apart: at most 255 of each. */
  bins: number;
  /** Of a target with several classes, their number; else 1. */
  outputs: number;
  /** Whether quantiles are predicted: each learner is then fitted in inner folds too, and learns how its errors spread. */
  hasQuantiles?: boolean;
}

/**
 * Seconds of processor time to train once, by the number of inner operations: measured on one core of the reference machine (Intel Xeon of
 * 2023, Node 24). It is a model of cost and never looks at a clock, so that a plan is the same on every machine.
 */
export const secondsOf = {
  /** Penalties chosen in five folds of subsets of columns, and a fit for each state of knowledge. */
  additive: (size: TableSize): number => {
    const { states, tuning } = additiveWork(size);
    return 0.15 + tuning + (states * additiveFit(size)) / 3;
  },
  boosted: ({ rows, columns }: TableSize): number => 0.2 + rows * (8e-4 + 2.5e-5 * columns),
  /** Each setting on some trees, then all trees of one: of random splits of all columns, if they are tried, which take longest. */
  forest: ({ rows, columns, bins, outputs }: TableSize): number => {
    const hasClasses = outputs > 1;
    const most = hasClasses ? Math.min(300, Math.max(100, 3000 / outputs)) : 300;
    const enough = hasClasses
      ? Math.min(75, Math.max(20, 2e5 / rows))
      : Math.min(150, Math.max(50, 3e5 / rows));
    const drawn = Math.min(rows, 1e5);
    // rows of several classes are counted by their values where these are few, and sorted where they are many
    const toSplit = hasClasses && bins * outputs <= 16 * columns ? 7e-9 : 2.2e-8;
    // hiding columns at random, and finding splits
    const perTree = (tried: number) =>
      9e-5 + 9e-9 * drawn * columns + toSplit * drawn * Math.log2(rows + 1) * tried;
    const few = perTree(Math.max(Math.sqrt(columns), columns / 3));
    const ofAll = Math.max(few, perTree((hasClasses ? 0.9 : 0.6) * columns));
    const trees =
      rows >= 5000
        ? (3 * enough + most) * few
        : enough * (hasClasses ? 3 : 5) * few + (enough * 3 + most) * ofAll;
    return trees * (hasClasses ? 1.6 : 1);
  },
  softmax: (size: TableSize): number => softmaxSeconds(size) + correctionSeconds(size),
  /**
   * Some 300 rounds on held-out rows and with all rows. Where a fit is short, there are more: of two settings, at half the learning rate, or of
   * several models; where it is long, half as many choose. Each row and copy is scored, a fifth of them counted. Hard copies, of which a plan
   * cannot know, take longer.
   */
  gbdt: ({ rows, columns, bins, outputs }: TableSize): number => {
    const copies =
      outputs > 1
        ? Math.min(1, Math.max(0.25, 1.2e5 / (rows * outputs)))
        : Math.min(4, Math.max(0.5, 6e4 / rows));
    const isShort = isShortToBoost({ rows, outputs });
    const isLong = outputs > 1 && rows * outputs >= 9e4;
    const fits = isShort ? (outputs > 1 ? 3.2 : 5.5) : isLong ? 1.5 : 2;
    // finding splits, and counting rows
    const perTree = 3e-4 + 4e-7 * bins + rows * (1 + copies) * (4e-8 + 1.6e-9 * columns);
    return 0.2 + 300 * fits * outputs * perTree;
  },
  /** A regression to compare with. */
  regression: (size: TableSize): number =>
    size.outputs > 1 ? softmaxSeconds(size) : regressionSeconds(size),
  /** The same tuning, three fits for each state of knowledge, and the fits of the full score, three of them with pairs of columns. */
  interval: (size: TableSize): number => {
    if (size.outputs > 1 || size.hasQuantiles) return 0;
    const { states, tuning, rows } = additiveWork(size);
    const pairs = Math.min(500, Math.sqrt(5e8 / rows));
    return 0.5 + tuning + 0.6 * ((states / 2 + 28) * additiveFit(size) + 3 * fitSeconds(rows, pairs));
  },
  logistic: (size: TableSize): number => regressionSeconds(size) + correctionSeconds(size),
  linear: (size: TableSize): number => regressionSeconds(size) + correctionSeconds(size),
  'ml-random-forest': ({ rows }: TableSize): number => 1 + 3e-5 * rows * rows,
  /** Three folds of ml-random-forest, up to 1,000 rows; it grows with the square of the rows of nine tenths. */
  'ml-reference': ({ rows, features, outputs }: TableSize): number =>
    rows > 1000 || rows * features > 20_000 || outputs > 1 ? 0 : 3 * 8e-7 * rows * rows * features,
  /** Reading a table into the forms that learners take, in one thread. */
  design: ({ rows, columns, features }: TableSize): number => 4e-7 * rows * (2 * columns + features),
} as const;

/** Weights of a blend are found on the training rows of each fold, and on all rows: some 20 losses for each member, of at most 50,000 numbers. */
export const blendSeconds = ({ rows, outputs }: TableSize, members: number, searches: number): number =>
  members > 1 ? 5e-8 * 4 * 20 * members * searches * Math.min(5e4, rows * outputs) : 0;

/** Where gradient boosting compares settings at half the learning rate. */
const isShortToBoost = ({ rows, outputs }: Pick<TableSize, 'rows' | 'outputs'>): boolean =>
  rows * outputs < (outputs > 1 ? 5e3 : 5e4);

/** How many times as long gradient boosting takes with a learning rate of 0.025 and eight models, which are four already with few rows. */
export function timesOfSlowBoosting({ rows, outputs }: TableSize): number {
  if (!isShortToBoost({ rows, outputs })) return 18;
  return rows * outputs < 5000 ? 2.3 : 6.2;
}

/**
 * Rows × outputs for which a thread of boosted trees is worth its start and its waiting. Of one output, threads meet about 70 times in a tree:
 * two grow 1,000,000 rows in 0.61 of the time of one, and 100,000 in 0.88 of it (bench/boosting). Of several, they meet twice in a round.
 */
const rowsPerThread = { ofOne: 150_000, ofSeveral: 90_000 };

/** On how many threads boosted trees grow fastest if the cores are free; a model of quantiles is learned on one. */
export function usefulThreads({
  rows,
  outputs,
  hasQuantiles,
}: Pick<TableSize, 'rows' | 'outputs' | 'hasQuantiles'>): number {
  if (hasQuantiles) return 1;
  const threads =
    outputs > 1 ? Math.min(outputs, (rows * outputs) / rowsPerThread.ofSeveral) : rows / rowsPerThread.ofOne;
  return Math.max(1, Math.floor(threads));
}

/**
 * Penalties chosen in five folds, or in one of them if there are many numbers: some 15 steps of Newton's method in each. A row costs the square
 * of its numbers that are not 0, a step the cube of the coefficients.
 */
function regressionSeconds({ rows, columns, features }: TableSize): number {
  const among = Math.min(rows, 2e4);
  const steps = among * features > 5e6 ? 15 : 75;
  return (
    0.05 +
    1e-6 * rows * columns +
    steps * (1.5e-9 * among * (columns + 2) ** 2 + 1e-8 * features ** 2 + 3e-10 * features ** 3) +
    7e-9 * rows * (columns + 2) ** 2
  );
}

function softmaxSeconds({ rows, features, outputs }: TableSize): number {
  const numbers = rows * features * outputs;
  return 0.2 + 8e-6 * Math.min(numbers, 5e5) + 1e-6 * Math.min(numbers, 5e7);
}

/** Two starts of trees in some folds, and the trees of all rows: some 200 rounds of each, on up to four copies of a row. */
function correctionSeconds({ rows, columns, bins, outputs }: TableSize): number {
  if (columns > 100 || rows * outputs > (outputs > 1 ? 15_000 : 3000)) return 0;
  const copies = Math.min(4, Math.max(1, 6e4 / (rows * outputs)));
  const folds = Math.min(5, Math.ceil(1500 / rows));
  return (
    0.1 +
    200 * (2 * folds + 1) * outputs * (1e-4 + 8e-8 * bins + rows * (1 + copies) * (4e-8 + 1.6e-9 * columns))
  );
}

/** A penalised fit by five steps of Newton's method. */
const fitSeconds = (rows: number, functions: number): number =>
  5e-9 * (rows * (functions ** 2 / 2) + functions ** 3 / 6);

/** An additive fit of all columns, at most so many as the learner uses. */
function additiveFit({ rows, columns }: TableSize): number {
  const used = Math.min(columns, 100);
  const most = Math.floor(Math.min(120, rows) / used);
  const perColumn = Math.max(1, Math.min(rows > 1000 ? 9 : 5, most));
  return fitSeconds(Math.min(rows, 4000), used * perColumn);
}

function additiveWork(size: TableSize): { states: number; tuning: number; rows: number } {
  const rows = Math.min(size.rows, 4000);
  const isWide = size.columns > 40;
  const subsets = rows > 1000 || isWide ? 4 : 9;
  const tuning = 15 * 5 * subsets * 0.3 * additiveFit({ ...size, rows: Math.min(rows, 1500) });
  return { rows, tuning, states: Math.max(100, Math.min(isWide ? 160 : 320, 192_000 / rows)) };
}
