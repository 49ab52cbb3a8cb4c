import { type Manifest, outputsOf, type Row, readAnswer, type Trees } from '@hearth/artifact';
import type { Assembled } from './assemble.ts';
import { type Imported, ImportFault, type SourceAnswers } from './imported.ts';

/** How far answers are from those of the source, each difference as a share of numbers above 1. */
export interface Compared {
  rows: number;
  score?: number;
  answer?: number;
}

/**
 * Compares the answers of a model with those of the tool that made it.
 * @throws ImportFault for the row that differs most, if it does by more than the bound
 */
export function compareAnswers(
  { draft, trees }: Assembled,
  answers: SourceAnswers,
  { bounds, scoresAre }: Pick<Imported, 'bounds' | 'scoresAre'>,
): Compared {
  const { rows, scores, outputs } = answers;
  const score =
    scores && largest({ ...draft, answer: scoreFormula(draft.answer, scoresAre) }, trees, rows, scores);
  const answer = outputs && largest(draft, trees, rows, outputs);
  for (const [what, found, bound] of [
    ['score', score, bounds.score],
    ['answer', answer, bounds.answer],
  ] as const) {
    if (found && !(found.difference <= bound)) refuse(what, found, rows, bound);
  }
  return {
    rows: rows.length,
    ...(score && { score: score.difference }),
    ...(answer && { answer: answer.difference }),
  };
}

/** Without a link; of sums also without what they are divided and multiplied by. */
function scoreFormula(
  { divisor, scale, offset, ...answer }: Manifest['answer'],
  scoresAre: Imported['scoresAre'],
): Manifest['answer'] {
  const { recalibration: _recalibration, ...rest } = answer;
  return { ...rest, link: 'identity', ...(scoresAre !== 'sums' && { divisor, scale, offset }) };
}

interface Largest {
  difference: number;
  row: number;
  ours: number;
  theirs: number;
}

function largest(
  formula: Pick<Manifest, 'columns' | 'features' | 'answer' | 'target' | 'timeZone'>,
  trees: Trees,
  rows: readonly Row[],
  theirs: Float64Array,
): Largest {
  const k = outputsOf(formula.target);
  const read = readAnswer({ ...formula, interval: undefined }, trees);
  // a tool that writes float32 as text writes fewer digits than a float64 has
  const r = formula.answer.precision === 'float32' ? Math.fround : (x: number) => x;
  let worst: Largest = { difference: 0, row: 0, ours: 0, theirs: 0 };
  for (const [i, row] of rows.entries()) {
    const { answer, outputs = [answer] } = read(row);
    for (let j = 0; j < k; j++) {
      const their = r(theirs[i * k + j]);
      const difference = Math.abs(outputs[j] - their) / Math.max(1, Math.abs(their));
      if (difference <= worst.difference) continue;
      worst = { difference, row: i, ours: outputs[j], theirs: their };
      if (Number.isNaN(difference)) return { ...worst, difference: Infinity };
    }
  }
  return worst;
}

function refuse(
  what: string,
  { row, ours, theirs, difference }: Largest,
  rows: readonly Row[],
  bound: number,
): never {
  throw new ImportFault(
    `answers row ${row + 1} with the ${what} ${theirs} by the tool that made it, and with ${ours} here (the largest difference of ${rows.length} rows, ${difference.toExponential(1)}; allowed are ${bound}): ${JSON.stringify(rows[row])}`,
  );
}
