import {
  type Comparison,
  compareAt,
  type EngineResult,
  isWorse,
  lossOf,
  margin,
  meanRanks,
  type TableResult,
} from './compare.ts';
import { hearth } from './engines.ts';
import { mean } from './scores.ts';
import { missingShares } from './tables.ts';

export interface Setting {
  /** Processor and threads. */
  machine: string;
  /** Engines that this machine does not have, or that were left out. */
  missing: readonly string[];
  /** What a reader must know of this run. */
  notes: readonly string[];
}

/** The results of all tables as Markdown. */
export function report(results: readonly TableResult[], { machine, missing, notes }: Setting): string {
  const whole = compareAt(results, 0);
  return [
    '# Hearth and other engines on the same folds',
    '',
    `${machine}. Made by \`npm run bench peers\`.`,
    versionsOf(results),
    ...(missing.length > 0 ? ['', `Not measured in this run: ${missing.join(', ')}.`] : []),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
    '',
    'Each engine is at its defaults, in a process of its own, one after the other. Every table has the same five folds for all; of tables of 5,000',
    'rows and more, one of the five is held out. The loss is the Brier score (of several classes from 0 to 2), and of numbers the mean squared',
    `error. *More* is how much more Hearth loses than the best peer, in percent of the loss of the base rate. **Worse** is more than ${100 * margin} % and significant:`,
    'the corrected resampled t-test (Nadeau & Bengio 2003), of one fold the paired test of its rows, with Holm’s correction over the tables. The',
    'best peer of each table is chosen afterwards, in its favour.',
    '',
    '![The loss of each engine, in percent of the base rate’s](results.svg)',
    ...missingShares.flatMap((share) => verdict(results, share)),
    '',
    '## Hearth beside the best peer',
    ...comparisonTable(whole),
    ...missingShares
      .filter((share) => share > 0 && compareAt(results, share).length > 0)
      .flatMap((share) => [
        '',
        `## The same, with ${100 * share} % of the cells removed at random before a prediction`,
        '',
        'The same cells for all. Models are those of above; engines that take no missing values get the means and the most frequent categories.',
        ...comparisonTable(compareAt(results, share)),
      ]),
    ...matrices.flatMap(({ title, of, format }) => matrix(title, results, of, format)),
    '',
    '## What Hearth chose',
    '',
    ...results.map(({ spec, engines }) => `- ${spec.name}: ${chosen(engines)}`),
    '',
  ].join('\n');
}

function versionsOf(results: readonly TableResult[]): string {
  const versions = new Map<string, Set<string>>();
  for (const { name, ran } of results.flatMap(({ engines }) => engines)) {
    if ('failed' in ran) continue;
    const all = versions.get(name) ?? new Set();
    versions.set(name, all.add(name === hearth ? `${ran.commit} ${ran.version}` : ran.version));
  }
  return `${[...versions].map(([name, all]) => `${name} ${[...all].join(' and ')}`).join('; ')}.`;
}

function verdict(results: readonly TableResult[], share: number): string[] {
  const compared = compareAt(results, share);
  if (compared.length === 0) return [];
  const worse = compared.filter(isWorse);
  const over = compared.filter((each) => each.excess > margin && !isWorse(each));
  const names = (some: readonly Comparison[]) =>
    some.length === 0 ? 'none' : some.map(({ result }) => result.spec.name).join(', ');
  const ranked = meanRanks(results, share);
  return [
    '',
    `**${share === 0 ? 'All cells given' : `${100 * share} % of the cells missing`}**, ${compared.length} tables. Worse: ${names(worse)}. More than ${100 * margin} % but not significant: ${names(over)}.`,
    `Mean rank: ${ranked.map(({ name, rank, first }) => `${name} ${rank.toFixed(2)} (first on ${first})`).join(', ')}.`,
  ];
}

function comparisonTable(compared: readonly Comparison[]): string[] {
  return [
    '',
    '| table | rows | target | base rate | Hearth | best peer | | more | p | |',
    '|---|--:|---|--:|--:|--:|---|--:|--:|---|',
    ...compared.map((each) => {
      const { result, ours, best, excess, p } = each;
      const { name, rows, classes } = result.spec;
      const cells = [
        name,
        rows.toLocaleString('en'),
        classes.length > 0 ? `${classes.length} classes` : 'number',
        figure(mean(result.base)),
        figure(ours),
        figure(best.loss),
        best.name,
        `${(100 * excess).toFixed(2)} %`,
        p < 0.001 ? '< 0.001' : p.toFixed(3),
        isWorse(each) ? '**worse**' : '',
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
}

type Figure = (engine: EngineResult, result: TableResult) => number | undefined;

const atShare =
  (share: number): Figure =>
  (engine, { spec }) =>
    spec.shares.includes(share) ? lossOf(engine, spec.shares.indexOf(share)) : undefined;
const ofRun =
  (of: 'seconds' | 'cpu'): Figure =>
  ({ ran }) =>
    'failed' in ran ? undefined : mean(ran[of]);

const figure = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.001
    ? value.toExponential(2)
    : value.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: false });

const matrices: { title: string; of: Figure; format?: (value: number) => string }[] = [
  { title: 'Loss', of: atShare(0) },
  { title: 'Loss with 10 % of the cells missing', of: atShare(0.1) },
  { title: 'Loss with 50 % of the cells missing', of: atShare(0.5) },
  {
    title: 'RMSE of numbers',
    of: (engine, { spec }) => (spec.classes.length > 0 ? undefined : Math.sqrt(lossOf(engine, 0))),
  },
  { title: 'Log loss', of: ({ scores }) => scores[0].logLoss },
  { title: 'AUC', of: ({ scores }) => scores[0].auc, format: (value) => value.toFixed(4) },
  { title: 'Calibration slope', of: ({ scores }) => scores[0].slope, format: (value) => value.toFixed(2) },
  { title: 'Seconds to fit a fold', of: ofRun('seconds') },
  { title: 'Seconds of processor time to fit a fold', of: ofRun('cpu') },
  {
    title: 'Peak memory, MB',
    of: ({ ran }) => ('failed' in ran || ran.peak === null ? undefined : ran.peak / 1024),
    format: (value) => value.toFixed(0),
  },
];

function matrix(title: string, results: readonly TableResult[], of: Figure, format = figure): string[] {
  const names = [...new Set(results.flatMap(({ engines }) => engines.map(({ name }) => name)))];
  const lines = results.flatMap((result) => {
    const values = names.map((name) => {
      const engine = result.engines.find((each) => each.name === name);
      return engine && engine.scores.length > 0 ? of(engine, result) : undefined;
    });
    if (values.every((value) => value === undefined)) return [];
    return [
      `| ${[result.spec.name, ...values.map((value) => (value === undefined ? '' : format(value)))].join(' | ')} |`,
    ];
  });
  if (lines.length === 0) return [];
  return [
    '',
    `## ${title}`,
    '',
    `| table | ${names.join(' | ')} |`,
    `|---|${'--:|'.repeat(names.length)}`,
    ...lines,
  ];
}

/** The learners of the folds, and what failed. */
function chosen(engines: readonly EngineResult[]): string {
  const own = engines.find(({ name }) => name === hearth);
  const failed = engines.flatMap(({ name, ran }) =>
    'failed' in ran ? [`${name} failed: ${ran.failed}`] : [],
  );
  const notes = own && !('failed' in own.ran) ? own.ran.notes : [];
  const learners = Object.entries(Object.groupBy(notes, (note) => note.split(' ')[0]));
  return [
    ...learners.map(([name, of]) => `${name}${(of?.length ?? 0) > 1 ? ` × ${of?.length}` : ''}`),
    ...failed,
  ].join('; ');
}
