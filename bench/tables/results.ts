import type { Inferred } from '@hearth/training';
import type { Run } from './run.ts';

/** The results of all tables as Markdown. */
export function formatResults(runs: readonly Run[], machine: string): string {
  return [
    '# Public tables, as they are',
    '',
    `${machine}. Made by \`npm run bench -- tables\`: \`hearth try\`, \`publish\`, \`promote\` and \`predict\` of the table itself, the server of the`,
    'published model, its API and its page in a browser. No file is written by hand. `try` trains once, and its artifact is published.',
    '',
    'Held: how often the 90 % interval of a number, or the 90 % set of classes, held the outcome in rows held out, with all columns and with about half',
    'of them given at random, and the 99 % binomial interval of 90 % for so many rows. Of sets only its lower end counts.',
    '',
    '| table | rows | target | options | used | left out | held: all columns, half | seconds, of them try | |',
    '|---|--:|---|---|---|---|---|--:|---|',
    ...runs.map(line),
    '',
    '## Doubts, warnings, scores',
    ...runs.flatMap(details),
    '',
  ].join('\n');
}

function line({ table, inferred, coverage, seconds, secondsOfTry, faults }: Run): string {
  const options = Object.entries(table.options ?? {}).map(
    ([name, value]) => `\`${`--${name} ${value}`.trim()}\``,
  );
  const leftOut = inferred.columns.filter(({ leftOut }) => leftOut);
  const cells = [
    table.name,
    inferred.rows,
    `${table.target}: ${targetKind(inferred)}`,
    options.join(' '),
    kindsOf(inferred),
    leftOut.map(({ name, leftOut }) => `${name} (${leftOut?.why})`).join('; ') || '–',
    heldCell(coverage) || '–',
    `${seconds.toFixed(0)}, ${secondsOfTry.toFixed(0)}`,
    faults.length === 0 ? 'ok' : '**failed**',
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** With all columns and with half of them, as far as there are rows: the share, and the 99 % interval that the level has of so many rows. */
const heldCell = (coverage: Run['coverage']): string =>
  [1, 0.5]
    .flatMap((share) => coverage.find(({ given }) => given === share) ?? [])
    .map(({ rows, covered }) => {
      const margin = 2.576 * Math.sqrt((0.9 * 0.1) / rows);
      const [low, high] = [0.9 - margin, Math.min(1, 0.9 + margin)].map((each) => (100 * each).toFixed(0));
      return `${((100 * covered) / rows).toFixed(1)} % (${low} to ${high})`;
    })
    .join(', ');

const targetKind = ({ target }: Inferred): string =>
  target.kind === 'binary'
    ? `${target.positive}, not ${target.negative}`
    : target.kind === 'numeric'
      ? 'number'
      : target.why.replace(/:.*/, '');

/** How many columns are of each kind. */
function kindsOf({ columns }: Inferred): string {
  const counts = new Map<string, number>();
  for (const { type, leftOut } of columns) if (!leftOut) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type === 'string' ? 'category' : type}`).join(', ');
}

function details({ table, inferred, warnings, scores, faults }: Run): string[] {
  const doubts = [...inferred.columns, inferred.target].flatMap(({ name, doubts }) =>
    doubts.map((doubt) => `- doubtful: ${name}: ${doubt}`),
  );
  const lines = [
    ...(table.note ? [`- ${table.note}`] : []),
    ...(table.refused ? [`- refused without \`--${table.refused.without}\`, with the reason`] : []),
    ...doubts,
    ...warnings.map((warning) => `- ${warning}`),
    ...faults.map((fault) => `- **failed**: ${fault}`),
  ];
  const block = scores.filter((each) => each.trim() !== '');
  return ['', `### ${table.name}`, '', ...lines, ...(lines.length > 0 ? [''] : []), '```', ...block, '```'];
}
