/** What a child process is told, as arguments `key=value`: R reads those without a package. */
export interface Spec {
  task: 'grow' | 'walk';
  /** Table files as `writeTable` makes them: rows to learn from, and rows to be judged by or to walk. */
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
  /** How often it is timed, once before that not; how often for as long as it takes no more than `budget` seconds altogether. */
  runs: number;
  budget: number;
  /** Where trees of Hearth are for others to walk: forest.safetensors and trees.onnx. */
  folder: string;
}

export interface Grown {
  /** Of each run. */
  seconds: number[];
  /** Processor seconds of each run. */
  cpu: number[];
  /** Mean squared error of the chances of the held-out rows. */
  brier: number;
  /** Most memory that the process ever held, in kB; null where the system does not tell. */
  peak: number | null;
  /** Memory that the forest takes, in kB, where it is known. */
  model?: number;
}

export interface Walked {
  /** Seconds for one row, again and again. */
  one: number[];
  /** Seconds for all rows, again and again. */
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

/** What `specArguments` wrote. */
export function readSpec(args: readonly string[]): Spec {
  const entries = args.map((arg) => {
    const [key, value] = [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)];
    return [key, numbers.includes(key) ? Number(value) : value];
  });
  return Object.fromEntries(entries);
}
