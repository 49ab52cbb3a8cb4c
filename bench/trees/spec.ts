/** The task of a child process, passed as arguments `key=value`, which R can read without a package. */
export interface Spec {
  task: 'grow' | 'walk';
  /** Table files of `writeTable`: training rows, and rows to evaluate or to walk. */
  train: string;
  rows: number;
  test: string;
  testRows: number;
  columns: number;
  trees: number;
  columnsPerSplit: number;
  leaf: number;
  threads: number;
  seed: number;
  /** How often it is timed, after a warm-up, within `budget` seconds. */
  runs: number;
  budget: number;
  /** The folder with Hearth's trees for other engines: forest.safetensors and trees.onnx. */
  folder: string;
}

export interface Grown {
  /** Seconds of each run. */
  seconds: number[];
  /** Seconds of CPU time of each run. */
  cpu: number[];
  /** Mean squared error of the probabilities of the held-out rows. */
  brier: number;
  /** Peak memory of the process, in kB; null if it is not known. */
  peak: number | null;
  /** Memory of the forest, in kB, if it is known. */
  model?: number;
}

export interface Walked {
  /** Seconds for one row, repeated. */
  one: number[];
  /** Seconds for all rows, repeated. */
  batch: number[];
}

const numbers = [
  'rows',
  'testRows',
  'columns',
  'trees',
  'columnsPerSplit',
  'leaf',
  'threads',
  'seed',
  'runs',
  'budget',
];

export const specArguments = (spec: Spec): string[] =>
  Object.entries(spec).map(([key, value]) => `${key}=${value}`);

/** Reads the arguments of `specArguments`. */
export function readSpec(args: readonly string[]): Spec {
  const entries = args.map((arg) => {
    const [key, value] = [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)];
    return [key, numbers.includes(key) ? Number(value) : value];
  });
  return Object.fromEntries(entries);
}
