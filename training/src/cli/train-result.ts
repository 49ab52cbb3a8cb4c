import type { ChanceScores, Evaluated, Evaluation, ValueScores } from '@hearth/artifact';
import { asCalled } from './called-as.ts';
import { printJson } from './options.ts';
import { engineLine, scoreTable } from './score-table.ts';
import { tellNotes } from './tell-notes.ts';

/** Where train writes, unless it is told otherwise. */
export const hearthFolder = '.hearth';

interface Result {
  file?: string;
  folder: string;
  places: { out: string; report: string };
  warnings: string[];
  /** Whether the artifact is at its default place. */
  isDefault: boolean;
  json?: boolean;
}

/** Prints the scores, and how to publish. */
export function tellResult(
  manifest: Evaluated,
  { file, folder, places, warnings, isDefault, json }: Result,
): void {
  const { evaluation, engine } = manifest;
  if (json) {
    const scores = scoresOf(evaluation);
    printJson({ artifact: places.out, report: places.report, engine, evaluation: scores, warnings });
    return;
  }
  console.log(engineLine(manifest));
  console.log(scoreTable(evaluation));
  tellNotes(betterRegression(evaluation), []);
  console.log(`report: ${places.report} (open it in a browser)`);
  const publish = folder === hearthFolder && isDefault ? 'publish' : `publish ${places.out}`;
  console.log(asCalled(`artifact: ${places.out}; next: hearth ${publish}`));
  if (file !== undefined) console.log(asCalled(`then: hearth promote latest --model ${manifest.name}`));
}

/** A regression that is better than the model, though it only is compared with, can be put into production too. */
function betterRegression({ kind, model, references }: Evaluation): string[] {
  if (kind === 'classes') return [];
  const [name, engine] =
    kind === 'chance' ? ['logistic-regression', 'logistic'] : ['linear-regression', 'linear'];
  const loss = (scores: Partial<ChanceScores & ValueScores>) =>
    (scores.brier ?? scores.pinball ?? scores.rmse)?.mean ?? Number.NaN;
  const other = references.find((reference) => reference.name === name);
  return other && loss(other.scores) < loss(model)
    ? [`The regression has a smaller error; to put it into production: --engine ${engine}.`]
    : [];
}

/** The evaluation without its predictions of single rows. */
function scoresOf({ kind, method, model, references }: Evaluation) {
  return { kind, method, model, references };
}
