import { type Answerer, createAnswerer } from '@hearth/api/answerer';
import { type Model, outputNames, type Row as Valid } from '@hearth/artifact';
import { RowError } from './row-error.ts';
import type { Answer, Predictor, Remark, Row } from './types.ts';

type Trees = Parameters<typeof import('./explain.ts').explainAnswer>[1];

/** A model with the functions that people call. The answers are those that the API writes, read again. */
export function predictorOf(model: Model, trees: Trees): Predictor {
  const { manifest, version } = model;
  const answerer = createAnswerer(model);
  const explainers: Model['explain'][] = [];
  let explaining: Answerer | undefined;
  let deciding: Answerer | undefined;

  function answerTo(row: Row, by: Answerer, explain: boolean | string = false): Answer {
    assertSound(model.check(row, ''));
    model.writeCells(row as Valid, by.cells, 0);
    return withoutId(JSON.parse(`{${by.members({ id: '', explain }, 0)},${by.source}}`));
  }

  function answersTo(rows: readonly Row[]): Answer[] {
    assertSound(rows.flatMap((row, i) => model.check(row, `/${i}`)));
    const width = manifest.columns.length;
    const cells = new Float64Array(rows.length * width);
    for (const [i, row] of rows.entries()) model.writeCells(row as Valid, cells, i * width);
    if (rows.length === 0) return [];
    const answers = JSON.parse(`[${answerer.list(cells, 0, { id: '', explain: false })}]`);
    return answers.map((answer: Parameters<typeof withoutId>[0]) => ({
      ...withoutId(answer),
      model: { name: manifest.name, version },
    }));
  }

  return {
    name: manifest.name,
    version,
    predict: ((row: Row | readonly Row[]) =>
      Array.isArray(row) ? answersTo(row) : answerTo(row as Row, answerer)) as Predictor['predict'],
    decide(row) {
      const { decision } = manifest.data;
      if (!decision) throw new Error(`the model ${manifest.name} declares no threshold, so it cannot decide`);
      deciding ??= createAnswerer(model, undefined, decision);
      return answerTo(row, deciding) as ReturnType<Predictor['decide']>;
    },
    async explain(row, of) {
      const classes = outputNames(manifest.target)?.names;
      if (of !== undefined && !classes?.includes(of))
        throw new Error(`the model ${manifest.name} has no class "${of}"`);
      const { explainAnswer } = await import('./explain.ts');
      explaining ??= createAnswerer({
        ...model,
        explain(each, k = 0) {
          explainers[k] ??= explainAnswer(manifest, trees, k);
          return explainers[k](each);
        },
      });
      const answer = answerTo(row, explaining, of ?? true);
      return answer as Awaited<ReturnType<Predictor['explain']>>;
    },
  };
}

/** An answer without its id, which is that of a request. */
const withoutId = ({ id: _, ...answer }: Answer & { id: string }): Answer => answer;

function assertSound(faults: readonly Remark[]): void {
  if (faults.length > 0) throw new RowError(faults);
}
