import type { AnsweringRow } from './answering.ts';
import type { Engine } from './engines.ts';
import { type Goal, goals } from './goals.ts';
import type { GrowingRow } from './growing.ts';
import { median } from './measure.ts';
import type { Results } from './results-types.ts';
import { type WalkingRow, walkedRows } from './walking.ts';

/** Where and with what it was measured. */
export interface Machine {
  processor: string;
  engines: readonly Pick<Engine, 'name' | 'version'>[];
  missing: readonly string[];
}

const number = (value: number, digits = 3): string =>
  value.toLocaleString('en', { maximumSignificantDigits: digits });

/** What was measured, as Markdown. */
export const report = ({ processor, engines, missing }: Machine, results: Results): string => `# Trees

${processor}, commit ${commitsOf(results).join(', ')}. Made by \`pnpm bench trees\`.
${engines.map(({ name, version }) => `${name} ${version}`).join('; ')}.
${missing.map((what) => `\nNot measured, for this machine has not got it: ${what}.\n`).join('')}
${goalsTable(goals(results))}
## Growing

500 trees, four columns drawn at each split (by scikit-learn more where none of them can be split), the bootstrap, two threads, the same file of rows for all. Rows are patients of the
heart data drawn anew, continuous columns moved by a quarter of their standard deviation and rounded as they are measured, 10 % of the
labels turned round. Leaves end at one row, at 1,000,000 rows at 50. The Brier score is that of 10,000 rows drawn in the same way. Medians; processes time themselves,
from columns of numbers to the forest, and take turns; what takes less than a second is grown once before that does not count.
Peak memory is the process's, reading the rows and runtime included.

${growingTable(results.growing)}

scikit-learn counts what it does to check its input, ranger to make a data set of it, Hearth to put it in bins. ml-random-forest draws
its columns for a whole tree, one in three; with more rows it does not end in half a minute.

## Walking

The chances of one row, and of ${walkedRows.toLocaleString('en')}, by 500 trees of 13 columns. onnxruntime walks Hearth's trees (\`hearth export --onnx\`), the others their own.

${walkingTable(results.walking)}

## The model in production

Its answers to patients with interval, in microseconds of one processor, and the contributions of their columns. After the first rows its
trees are folded into tables, and what a row is given decides which of them it adds up. Where columns are left out at random, hardly any two
rows are given the same.

${answeringTable(results.answering)}

## How it grows

![Time and peak memory of growing along rows, trees and columns](scaling.svg)

Hearth alone, two threads, leaves of at least 50 rows; 10,000 rows, 100 trees and 13 columns where they are not what changes. The dashed
line is n log n through 10,000 rows. Memory is the process's, Node's own 60 MB and the rows included.
`;

/** More than one where parts were measured again later. */
const commitsOf = (results: Results): string[] => [
  ...new Set(
    Object.values(results)
      .flat()
      .map(({ commit }) => commit),
  ),
];

const goalsTable = (goals: readonly Goal[]): string =>
  goals.length === 0
    ? ''
    : `## Goals

| goal | measured | |
|---|--:|---|
${goals.map(({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'met' : '**missed**'} |`).join('\n')}
`;

function growingTable(rows: readonly GrowingRow[]): string {
  const lines = rows.map(({ rows: size, engine, grown }) => {
    const cells = grown
      ? [
          number(median(grown.seconds)),
          number(median(grown.cpu)),
          grown.seconds.length,
          grown.brier.toFixed(4),
          grown.peak === null ? '' : number(grown.peak / 1000),
        ]
      : ['too long', '', '', '', ''];
    return `| ${[size.toLocaleString('en'), engine, ...cells].join(' | ')} |`;
  });
  return `| rows | engine | s | s of processor | runs | Brier | peak memory, MB |
|--:|---|--:|--:|--:|--:|--:|
${lines.join('\n')}`;
}

function walkingTable(rows: readonly WalkingRow[]): string {
  const lines = rows.map(({ rows: size, threads, engine, walked }) => {
    const { one, batch } = { one: median(walked.one), batch: median(walked.batch) };
    const cells = [number(one * 1e6), number(walkedRows / batch), number(walkedRows / batch / threads)];
    return `| ${[size.toLocaleString('en'), engine, threads, ...cells].join(' | ')} |`;
  });
  return `| grown on rows | engine | threads | one row, µs | rows/s | rows/s per thread |
|--:|---|--:|--:|--:|--:|
${lines.join('\n')}`;
}

function answeringTable(rows: readonly AnsweringRow[]): string {
  const lines = rows.map(({ given, one, batch, explained }) => {
    const cells = [one, batch, explained].map((value) => number(value));
    return `| ${[given, ...cells].join(' | ')} |`;
  });
  return `| given | one row, µs | of 1,000 rows at once, µs a row | contributions, µs |
|---|--:|--:|--:|
${lines.join('\n')}`;
}
