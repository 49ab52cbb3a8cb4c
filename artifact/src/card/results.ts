import { links } from '../answer/link.ts';
import type { Evaluation } from '../manifest/evaluation.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { code, pipeTable, plain, section } from './markdown.ts';
import { decimal, percent } from './numbers.ts';
import { errorOf, metricsOf, protocolOf, written, writtenDifference } from './scores.ts';
import { verdictInWords } from './verdict.ts';

export function methodSection({ engine, evaluation }: Manifest): string {
  const options = Object.entries(engine.options).map(([name, value]) => `${name} ${value}`);
  return section(
    'Method',
    '12, 16, 21, 22',
    `Learned by ${code(engine.name)} ${plain(engine.version)}, seed ${engine.seed}${options.length > 0 ? `: ${options.map(plain).join(', ')}` : ''}. The trees themselves are published with this card; reading them takes a few lines of code.`,
    `Evaluated by ${protocolOf(evaluation)}, seed ${evaluation.method.seed}: every row is predicted by models that have not seen it${evaluation.method.nested ? ', their settings chosen without it as well' : ''}. Scores are means over the repeats; 95 % intervals in brackets are over the sampling of the rows.`,
  );
}

/** Performance with intervals, beside what it has to be better than. */
export function resultsSection({ evaluation, data }: Manifest): string {
  const metrics = metricsOf(evaluation);
  const all = [
    { label: '**this model**', scores: evaluation.model },
    ...evaluation.references.map(({ label, scores }) => ({ label: plain(label.en), scores })),
  ];
  return section(
    'Results',
    '23',
    pipeTable(
      ['', ...metrics.map(({ name }) => name)],
      all.map(({ label, scores }) => [label, ...metrics.map((metric) => written(metric, scores))]),
    ),
    comparison(evaluation, data.rows),
  );
}

function comparison(evaluation: Evaluation, rows: number): string | undefined {
  const compared = evaluation.references.flatMap(({ label, difference }) =>
    difference
      ? [[plain(label.en), writtenDifference(evaluation, difference), verdictInWords(difference, rows)]]
      : [],
  );
  if (compared.length === 0) return undefined;
  return [
    `Compared row by row (difference in ${errorOf(evaluation)}, below 0 where this model is better):`,
    pipeTable(['against', 'difference', 'verdict'], compared),
  ].join('\n\n');
}

/** The model when only some columns are given. */
export function stagesSection({ evaluation, columns }: Manifest): string {
  const { stages = [] } = evaluation;
  const [metric] = metricsOf(evaluation);
  const label = (name: string) => columns.find((column) => column.name === name)?.label.en ?? name;
  const rows = stages.map((stage, i) => {
    const before = stages[i - 1]?.columns ?? [];
    const added = stage.columns.filter((name) => !before.includes(name));
    return [
      `${i > 0 ? '+ ' : ''}${added.map((name) => plain(label(name))).join(', ')}`,
      written(metric, stage.model),
      written(metric, stage.dedicated),
    ];
  });
  return section(
    'When little is known',
    '23',
    rows.length > 0 &&
      pipeTable([`${metric.name} knowing`, 'this model', 'a regression made for just these'], rows),
  );
}

export function subgroupsSection({ evaluation }: Manifest): string {
  const { subgroups = [] } = evaluation;
  const metrics = metricsOf(evaluation).slice(0, 2);
  const withPositives = subgroups.some(({ positives }) => positives !== undefined);
  const rows = subgroups.map(({ label, rows, positives, scores }) => [
    plain(label.en),
    String(rows),
    ...(withPositives ? [positives === undefined ? '–' : percent(positives / rows)] : []),
    ...metrics.map((metric) => written(metric, scores)),
  ]);
  return section(
    'Subgroups',
    '14, 23',
    rows.length > 0 &&
      pipeTable(
        ['', 'rows', ...(withPositives ? ['observed'] : []), ...metrics.map(({ name }) => name)],
        rows,
      ),
    rows.length > 0 &&
      'Errors of subgroups differ also because some are harder to predict for any model; wide intervals say that few rows stand behind a number.',
  );
}

/** Calibration. */
export function calibrationSection({ evaluation }: Manifest): string {
  if (evaluation.kind === 'value') return '';
  const bins = evaluation.reliability.filter(({ rows }) => rows > 0);
  return section(
    'Calibration',
    '23',
    pipeTable(
      ['predicted chance', 'rows', 'mean prediction', 'observed share'],
      bins.map(({ low, high, rows, predicted, observed }) => [
        `${percent(low)} to ${percent(high)}`,
        String(rows),
        decimal(predicted, 2),
        decimal(observed, 2),
      ]),
    ),
  );
}

/** What moves the answer. */
export function importanceSection({ evaluation, columns, answer }: Manifest): string {
  const { importance = [] } = evaluation;
  const label = (name: string) => columns.find((column) => column.name === name)?.label.en ?? name;
  const scale = links[answer.link].scale;
  return section(
    'What moves the answer',
    '22',
    importance.length > 0 &&
      pipeTable(
        ['', `mean size of the contribution, ${scale}`],
        importance.map(({ column, value }) => [plain(label(column)), decimal(value, 3)]),
      ),
  );
}
