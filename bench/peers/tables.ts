import type { SyntheticKind } from './synthetic.ts';

/** A table that every engine learns from. */
export interface ComparedTable {
  name: string;
  target: string;
  /** What it is made of: a table of an R package as `bench/tables/export.R` writes it, one of `data/`, or a simulated one. */
  from: { r: string } | { data: string } | { synthetic: SyntheticKind; rows: number };
  /** Columns that no engine sees. */
  leaveOut?: readonly string[];
  /** The numbers of the target name classes. */
  hasClasses?: true;
  /** The target is whether it has this value. */
  is?: string;
  /** Counts where cells are removed at random before a prediction. */
  withMissing?: true;
}

const publicTables: ComparedTable[] = [
  {
    name: 'heart',
    from: { data: 'heart/heart.csv' },
    target: 'disease',
    hasClasses: true,
    withMissing: true,
  },
  {
    name: 'PimaIndiansDiabetes2',
    from: { r: 'PimaIndiansDiabetes2' },
    target: 'diabetes',
    withMissing: true,
  },
  {
    name: 'BreastCancer',
    from: { r: 'BreastCancer' },
    target: 'Class',
    leaveOut: ['Id'],
    withMissing: true,
  },
  { name: 'Sonar', from: { r: 'Sonar' }, target: 'Class', withMissing: true },
  { name: 'HouseVotes84', from: { r: 'HouseVotes84' }, target: 'Class', withMissing: true },
  { name: 'Titanic', from: { r: 'Titanic' }, target: 'Survived' },
  {
    name: 'infert',
    from: { r: 'infert' },
    target: 'case',
    leaveOut: ['stratum', 'pooled.stratum'],
    hasClasses: true,
  },
  { name: 'stagec', from: { r: 'stagec' }, target: 'pgstat', leaveOut: ['pgtime'], hasClasses: true },
  { name: 'kyphosis', from: { r: 'kyphosis' }, target: 'Kyphosis' },
  {
    name: 'BostonHousing2',
    from: { r: 'BostonHousing2' },
    target: 'cmedv',
    leaveOut: ['medv'],
    withMissing: true,
  },
  { name: 'Ozone', from: { r: 'Ozone' }, target: 'V4', withMissing: true },
  { name: 'car90', from: { r: 'car90' }, target: 'Price' },
  { name: 'esoph', from: { r: 'esoph' }, target: 'ncases' },
  { name: 'cars', from: { data: 'cars/cars.csv' }, target: 'mpg' },
  { name: 'Arthritis', from: { r: 'Arthritis' }, target: 'Improved' },
  { name: 'Zoo', from: { r: 'Zoo' }, target: 'type' },
  { name: 'Glass', from: { r: 'Glass' }, target: 'Type', hasClasses: true, withMissing: true },
  { name: 'Vehicle', from: { r: 'Vehicle' }, target: 'Class', withMissing: true },
  { name: 'Soybean', from: { r: 'Soybean' }, target: 'Class', withMissing: true },
  { name: 'DNA', from: { r: 'DNA' }, target: 'Class' },
  { name: 'Satellite', from: { r: 'Satellite' }, target: 'classes', withMissing: true },
  { name: 'LetterRecognition', from: { r: 'LetterRecognition' }, target: 'lettr', withMissing: true },
  { name: 'is A', from: { r: 'LetterRecognition' }, target: 'lettr', is: 'A', withMissing: true },
];

const kinds: Record<SyntheticKind, Pick<ComparedTable, 'withMissing'>> = {
  additive: { withMissing: true },
  interactions: { withMissing: true },
  categories: {},
  rare: { withMissing: true },
  noise: {},
};

const synthetic = (rows: number): ComparedTable[] =>
  Object.entries(kinds).map(([kind, more]) => ({
    name: `${kind}-${rows}`,
    from: { synthetic: kind as SyntheticKind, rows },
    target: 'y',
    // what is missing is told on the smallest of each kind
    ...(rows === 10_000 && more),
  }));

/**
 * All tables, in the order in which they run. The list, and which tables count where cells are missing, was written before the first run, and
 * does not depend on a result.
 */
export const comparedTables: ComparedTable[] = [
  ...publicTables,
  ...[10_000, 100_000, 1_000_000].flatMap(synthetic),
];

/** Of larger tables, one fold of the five is held out. */
export const fewForAllFolds = 5000;

/** The shares of cells that are removed before a prediction. */
export const missingShares = [0, 0.1, 0.5] as const;
