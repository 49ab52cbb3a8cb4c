import { type Manifest, outputsOf, someOf } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import type { SourceTable } from '../sources/index.ts';
import { rowsOf } from './by-table.ts';
import type { SourceAnswers } from './imported.ts';

/**
 * The answers of a source that a user wrote into a table: the columns of the model, and `score` or `prediction` (for several outputs
 * `score_CLASS`, `prediction_CLASS` of each).
 * @throws InputError without any of them
 */
export function answersIn(
  source: SourceTable,
  manifest: Pick<Manifest, 'columns' | 'target'>,
): SourceAnswers {
  const scores = numbersIn(source, namesOf(manifest, ['score', 'margin', 'raw']));
  const outputs = numbersIn(source, namesOf(manifest, ['prediction', 'probability', 'value']));
  if (!scores && !outputs) {
    const [wanted] = namesOf(manifest, ['prediction']);
    throw inputError(
      'BAD_HEADER',
      source.path,
      `has no answers of the tool: add ${someOf(wanted)}, or the same with "score" for raw scores`,
    );
  }
  return { rows: rowsOf(source, manifest), ...(scores && { scores }), ...(outputs && { outputs }) };
}

/** The names of the columns of answers, one for each output, in each of several ways. */
function namesOf({ target }: Pick<Manifest, 'target'>, heads: readonly string[]): string[][] {
  const outputs = outputsOf(target);
  if (outputs === 1) return heads.map((head) => [head]);
  const names =
    target.type === 'classes'
      ? target.classes.map(({ value }) => value)
      : target.type === 'numeric'
        ? (target.quantiles ?? []).map(String)
        : [];
  return heads.map((head) => names.map((name) => `${head}_${name}`));
}

function numbersIn(source: SourceTable, ways: readonly string[][]): Float64Array | undefined {
  const header = source.columns.map(({ name }) => name);
  const names = ways.find((way) => way.every((name) => header.includes(name)));
  if (!names) return undefined;
  const places = names.map((name) => header.indexOf(name));
  return Float64Array.from(
    source.rows.flatMap(({ place, cells }) =>
      places.map((at) => {
        const text = String(cells[at] ?? '').replace(source.decimal, '.');
        const number = text.trim() === '' ? Number.NaN : Number(text);
        if (Number.isFinite(number)) return number;
        throw inputError('BAD_ROW', source.path, source.unit, place, `"${header[at]}" is not a number`);
      }),
    ),
  );
}
