import type { Manifest, Model, Readings } from '@hearth/artifact';
import { type NextQuestion, nextQuestion } from '@hearth/artifact/next';
import type { Slice } from '../admission/slice.ts';
import type { Prevalence } from '../predict/prevalence.ts';
import { Problem } from '../server/problem.ts';

/** The answer of `POST /next`. */
export interface NextAnswer {
  measure: NextQuestion['measure'];
  /** The width or entropy of the answer to the row as it is. */
  now: number;
  /** The columns that are not given, the one that is expected to narrow the answer most first. */
  next: NextColumn[];
}

interface NextColumn {
  column: string;
  /** The width or entropy that is expected once it is given, and how much less that is. */
  expected: number;
  narrowing: number;
}

const questions = new WeakMap<Model, NextQuestion | string>();

function questionOf(model: Model): NextQuestion | string {
  const question = questions.get(model) ?? nextQuestion(model);
  questions.set(model, question);
  return question;
}

/** Whether a model can say what to ask next. */
export const offersNext = (manifest: Manifest): boolean =>
  typeof nextQuestion({ manifest, predictCells: (_, into) => into as Readings }) !== 'string';

/** The same at another prevalence. */
const movedTo = ({ move }: Prevalence, { manifest, predictCells }: Model): NextQuestion | string =>
  nextQuestion({
    manifest,
    predictCells(cells) {
      const readings = predictCells(cells);
      move(readings);
      return readings;
    },
  });

/** @param cells of one row that has passed the check @throws Problem NOT_FOUND, TOO_BUSY */
export async function nextColumns(
  model: Model,
  cells: Float64Array,
  slice: Slice,
  prevalence?: Prevalence,
): Promise<NextAnswer> {
  const question = prevalence ? movedTo(prevalence, model) : questionOf(model);
  if (typeof question === 'string')
    throw new Problem('NOT_FOUND', `version ${model.version} cannot say what to ask next: ${question}`);
  const known = question.known(cells);
  const next: NextColumn[] = [];
  for (const place of question.places.filter((each) => Number.isNaN(cells[each]))) {
    const expected = question.expected(cells, place, known);
    const { name: column } = model.manifest.columns[place];
    if (expected !== undefined) next.push({ column, expected, narrowing: known.size - expected });
    if (slice.isOver()) await slice.rest();
  }
  return { measure: question.measure, now: known.size, next: next.sort((a, b) => b.narrowing - a.narrowing) };
}
