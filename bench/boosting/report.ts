import type { Grown, Spec } from './spec.ts';

export interface Row extends Grown, Pick<Spec, 'engine' | 'rows' | 'threads'> {}

export interface Engine {
  name: string;
  version: string;
}

const number = (value: number, digits = 3): string =>
  value.toLocaleString('en', { maximumSignificantDigits: digits });

/** The results as Markdown. @param machine processor, commit */
export function report(
  machine: string,
  engines: readonly Engine[],
  missing: readonly string[],
  rows: readonly Row[],
) {
  return `# Gradient boosting

${machine}. Made by \`npm run bench boosting\`.
${engines.map(({ name, version }) => `${name} ${version}`).join('; ')}.
${missing.length > 0 ? `\nNot measured, because this machine does not have them: ${missing.join(', ')}.\n` : ''}
500 rounds of trees with 31 leaves, learning rate 0.1, every engine otherwise at its defaults, from columns of numbers to the trees, no early
stopping. The rows are those of the bench of trees: 13 columns, drawn from the patients of the heart data. The log loss is that of 10,000 other
rows. Each engine runs in its own process, one after the other. *Ratio* is the time over that of the
fastest engine on so many threads, and the same of processor time. Every engine has as many threads as the table says; \`hearth train\` takes
two from 300,000 rows on.

| rows | threads | engine | s | ratio | s of processor | ratio | log loss | peak memory, MB |
|--:|--:|---|--:|--:|--:|--:|--:|--:|
${rows.map((row) => line(row, rows)).join('\n')}
`;
}

function line({ rows, threads, engine, seconds, cpu, loss, peak }: Row, all: readonly Row[]): string {
  const alike = all.filter((row) => row.rows === rows && row.threads === threads);
  const ratio = (value: number, of: 'seconds' | 'cpu') =>
    `${(value / Math.min(...alike.map((row) => row[of]))).toFixed(2)} ×`;
  const cells = [
    rows.toLocaleString('en'),
    String(threads),
    engine,
    number(seconds),
    ratio(seconds, 'seconds'),
    number(cpu),
    ratio(cpu, 'cpu'),
    loss.toFixed(5),
    peak === null ? '' : number(peak / 1024),
  ];
  return `| ${cells.join(' | ')} |`;
}
