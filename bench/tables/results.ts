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
    '| table | rows | target | options | used | left out | seconds, of them try | |',
    '|---|--:|---|---|---|---|--:|---|',
    ...runs.map(line),
    '',
    '## Doubts, warnings, scores',
    ...runs.flatMap(details),
    '',
  ].join('\n');
}

function line({ table, inferred, seconds, secondsOfTry, faults }: Run): string {
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
    `${seconds.toFixed(0)}, ${secondsOfTry.toFixed(0)}`,
    faults.length === 0 ? 'ok' : '**failed**',
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

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
