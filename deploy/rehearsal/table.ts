import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The outcome of one step. */
export interface Row {
  step: string;
  expected: string;
  outcome: string;
  /** From the push until it serves or is refused. */
  seconds: number;
  requests: number;
  failed: number;
  ok: boolean;
}

const readme = path.join(import.meta.dirname, '../README.md');
const [begin, end] = ['<!-- rehearsal -->', '<!-- /rehearsal -->'];

export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map(({ step, expected, outcome, seconds, requests, failed }) =>
    [step, expected, outcome, seconds.toFixed(0), requests, failed].join(' | '),
  );
  return ['step | expected | outcome | seconds | requests | failed', '---|---|---|--:|--:|--:', ...cells]
    .map((line, i) => (i === 1 ? `|${line}|` : `| ${line} |`))
    .join('\n');
}

/** Puts the table between its two marks in deploy/README.md. @throws if a mark is missing */
export function record(text: string): void {
  const old = readFileSync(readme, 'utf8');
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`${readme} needs the marks ${begin} and ${end} around the table`);
  const beside = `${readme}.${process.pid}.tmp`; // a full disk leaves the old file
  writeFileSync(beside, `${old.slice(0, from + begin.length)}\n${text}\n${old.slice(to)}`, { flag: 'wx' });
  renameSync(beside, readme);
}
