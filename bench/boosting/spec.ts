/** What is grown, passed to a child process as arguments `key=value`. */
export interface Spec {
  engine: string;
  /** Table files of `writeTable`. */
  train: string;
  rows: number;
  test: string;
  testRows: number;
  columns: number;
  rounds: number;
  leaves: number;
  rate: number;
  threads: number;
}

/** What a child process prints. */
export interface Grown {
  /** From columns of numbers to the trees. */
  seconds: number;
  /** Seconds of processor time. */
  cpu: number;
  /** Mean log loss of the held-out rows. */
  loss: number;
  /** Peak memory of the process, in kB; null if it is not known. */
  peak: number | null;
}

export const specArguments = (spec: Spec): string[] =>
  Object.entries(spec).map(([key, value]) => `${key}=${value}`);

export function readSpec(args: readonly string[]): Spec {
  const pairs = args.map((arg): [string, string] => {
    const at = arg.indexOf('=');
    return [arg.slice(0, at), arg.slice(at + 1)];
  });
  const texts = ['engine', 'train', 'test'];
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, texts.includes(key) ? value : Number(value)]),
  ) as unknown as Spec;
}
