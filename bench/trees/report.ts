import type { AnsweringRow } from './answering.ts';
import type { Engine } from './engines.ts';
import { type Goal, goals } from './goals.ts';
import type { GrowingRow } from './growing.ts';
import { median } from './measure.ts';
import type { Results } from './results-types.ts';
import { type WalkingRow, walkedRows } from './walking.ts';

/** The machine and the engines of a measurement. */
export interface Machine {
  processor: string;
  engines: readonly Pick<Engine, 'name' | 'version'>[];
  missing: readonly string[];
}

const number = (value: number, digits = 3): string =>
  value.toLocaleString('en', { maximumSignificantDigits: digits });

/** The results as Markdown. */
export const report = ({ processor, engines, missing }: Machine, results: Results): string => `# Trees

${processor}, commit ${commitsOf(results).join(', ')}. Made by \`npm run bench trees\`.
${engines.map(({ name, version }) => `${name} ${version}`).join('; ')}.
${missing.map((what) => `\nNot measured, because this machine does not have it: ${what}.\n`).join('')}
${goalsTable(goals(results))}
## Growing

500 trees, four columns drawn at each split (scikit-learn draws more if none of them can be split), bootstrap, two threads, the same file of rows for
all. Rows are drawn with replacement from the patients of the heart data; continuous columns are shifted by a quarter of their standard deviation and
rounded as in the data, and 10 % of the labels are inverted. Leaves have at least one row, with 1,000,000 rows at least 50. The Brier score is from
10,000 rows drawn in the same way. Times are medians, from columns of numbers to the forest; processes take turns, and work below one second
has a warm-up. Peak memory includes reading the rows and the runtime.

${growingTable(results.growing)}

The time includes checking the input in scikit-learn, making a data set in ranger, and binning in Hearth. ml-random-forest draws a third of
the columns per tree; with more rows it does not end within 30 s.

## Walking

The probabilities of one row, and of ${walkedRows.toLocaleString('en')}, by 500 trees of 13 columns. onnxruntime walks Hearth's trees (\`hearth export --onnx\`), the others their own.

${walkingTable(results.walking)}

## The model in production

Predictions with interval for patients, in microseconds of CPU time, and the contributions of the columns. After the first rows, its trees are
converted to tables; the given columns of a row decide which tables are summed. If columns are left out at random, hardly any two rows have the same
columns given.

${answeringTable(results.answering)}

## Scaling

![Time and peak memory of growing along rows, trees and columns](scaling.svg)

Only Hearth, two threads, leaves of at least 50 rows; 10,000 rows, 100 trees and 13 columns, except the one that varies. The dashed line is
n log n through 10,000 rows. Memory is that of the process, with the rows and 60 MB of Node.
`;

/** More than one if parts were measured again later. */
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
  return `| given | one row, µs | of 1,000 rows at once, µs per row | contributions, µs |
|---|--:|--:|--:|
${lines.join('\n')}`;
}
