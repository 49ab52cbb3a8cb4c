import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answers, filesOf, recorded } from './files.ts';
import { type HandMade, handMadeModels } from './models.ts';

/**
 * Compares what the readers in Python and R answer with what is recorded in answers.jsonl. With --write the answers of the reader in
 * Python are recorded.
 */
const here = import.meta.dirname;
const readers = {
  Python: ['python3', join(here, 'reader.py')],
  R: ['Rscript', join(here, 'reader.R')],
};

function answersOf([command, ...script]: string[], folder: string, { rows }: HandMade): Answers[] {
  const input = rows.map((row) => JSON.stringify(row)).join('\n');
  const output = execFileSync(command, [...script, folder], { input: `${input}\n`, encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The largest difference, as a share of numbers above 1. */
function difference(ours: readonly Answers[], theirs: readonly Answers[]): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  const each = ours.flatMap((row, i) =>
    row.map((x, k) => Math.abs(x - theirs[i][k]) / Math.max(1, Math.abs(theirs[i][k]))),
  );
  return Math.max(...each.map((x) => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x)));
}

const folder = mkdtempSync(join(tmpdir(), 'by-hand-'));
let worst = 0;
const lines = handMadeModels().map((model, i) => {
  const { files } = filesOf({ ...model, rows: [] }, []); // without golden rows: the readers do not look at them
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const python = answersOf(readers.Python, folder, model);
  const { about, answers } = process.argv.includes('--write')
    ? { about: model.about, answers: python }
    : recorded[i];
  if (about !== model.about)
    throw new Error(`recorded are the answers of "${about}", not of "${model.about}"`);
  const differences = [python, answersOf(readers.R, folder, model)].map((ours) => difference(ours, answers));
  worst = Math.max(worst, ...differences);
  console.log(`${differences.map((each) => each.toExponential(1).padStart(9)).join(' ')}  ${about}`);
  return JSON.stringify({ about, answers });
});
rmSync(folder, { recursive: true });
if (process.argv.includes('--write')) writeFileSync(join(here, 'answers.jsonl'), `${lines.join('\n')}\n`);
console.log(`   Python         R  largest difference of any answer: ${worst.toExponential(1)}`);
process.exitCode = worst <= 1e-12 ? 0 : 1;
