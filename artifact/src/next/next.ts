import { exposureOf, mainOutput, outputNames, outputsOf } from '../answer/targets.ts';
import { usedColumns } from '../columns/features.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Model } from '../model.ts';
import { type LikelyValues, likelyValues } from './likely-values.ts';
import { type Measure, measureOf } from './measure.ts';
import { tilted } from './tilt.ts';

/** About so many rows are answered for one question at most, unless the columns are very many: then `fewestValues` for each. */
const mostAnswers = 600;
/** Each column keeps so many values: of fewer, a distribution says too little. */
const fewestValues = 4;

/** The answer before a column is asked for. */
export interface Known {
  /** The width or the entropy of the answer. */
  size: number;
  /** The output that is followed, and its value. */
  output: number;
  answer: number;
}

/** Says which column, if it were given too, would narrow an answer most. */
export interface NextQuestion {
  measure: Measure['name'];
  /** The places of the columns that it can judge. */
  places: readonly number[];
  /** @param cells of one row that has passed the check; [columns] */
  known(cells: Float64Array): Known;
  /**
   * The width or entropy that is expected once this column is given; undefined if no distribution over its values agrees with the answer.
   */
  expected(cells: Float64Array, place: number, known: Known): number | undefined;
}

/**
 * Prepares the choice of the next column, one step ahead, as in sequential diagnosis (Gorry & Barnett 1968, Computers and Biomedical
 * Research 1; Lindley 1956, Annals of Mathematical Statistics 27): how wide the answer is for each value that the column may turn out to
 * have, averaged over how likely the values are. That follows from the shares of the training rows, which know nothing of the row, and
 * from the answer, which does: an answer is the mean of the answers that can follow it, so the shares are tilted until it is.
 *
 * @returns or else why the model cannot say it
 */
export function nextQuestion({
  manifest,
  predictCells,
}: Pick<Model, 'manifest' | 'predictCells'>): NextQuestion | string {
  const measure = measureOf(manifest);
  if (typeof measure === 'string') return measure;
  const values = valuesOf(manifest);
  const places = [...values.keys()].filter((place) => values[place]);
  if (places.length === 0)
    return 'it does not say how its training rows are spread over the values of a column';
  const outputs = outputsOf(manifest.target);
  const names = outputNames(manifest.target);
  const width = manifest.columns.length;
  return {
    measure: measure.name,
    places,
    known(cells) {
      const readings = predictCells(cells);
      const all = readings.outputs ?? readings.answer;
      const output = names ? mainOutput(names, all) : 0;
      return { size: measure.size(readings, 0), output, answer: all[output] };
    },
    expected(cells, place, { output, answer }) {
      const likely = values[place];
      if (!likely) return undefined;
      const readings = predictCells(withEach(cells, place, likely));
      const all = readings.outputs ?? readings.answer;
      const answers = likely.cells.map((_, i) => all[i * outputs + output]);
      const weights = tilted(answers, likely.shares, answer);
      return weights?.reduce((sum, weight, i) => sum + weight * measure.size(readings, i), 0);
    },
  };

  /** The row with each of the values in this column; [values × columns] */
  function withEach(cells: Float64Array, place: number, likely: LikelyValues): Float64Array {
    const rows = new Float64Array(likely.cells.length * width);
    for (const [i, cell] of likely.cells.entries()) {
      rows.set(cells, i * width);
      rows[i * width + place] = cell;
    }
    return rows;
  }
}

/** Of each column that the model uses, and whose bins it has; an exposure is no question, but what the answer is for; [columns] */
function valuesOf({
  columns,
  features,
  target,
  data: { bins = [] },
}: Manifest): (LikelyValues | undefined)[] {
  const used = usedColumns(features);
  const exposure = exposureOf(target);
  const most = Math.max(fewestValues, Math.floor(mostAnswers / used.size));
  return columns.map((column) => {
    const isAsked = used.has(column.name) && column.name !== exposure;
    const own = isAsked && bins.find((each) => each.column === column.name);
    return own ? likelyValues(column, own, most) : undefined;
  });
}
