import { links } from '../answer/link.ts';
import { english, labelOf } from '../columns/texts.ts';
import type { Evaluation } from '../manifest/evaluation.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Evaluated } from '../manifest/stated.ts';
import { blendInWords } from './blend.ts';
import { code, pipeTable, plain, section } from './markdown.ts';
import { decimal, digitsOf, percent } from './numbers.ts';
import { reliabilityTable } from './reliability.ts';
import { errorOf, metricsOf, protocolOf, verdictInWords, written, writtenDifference } from './scores.ts';

export function methodSection(manifest: Manifest): string {
  const { engine, evaluation, data } = manifest;
  const blend = blendInWords(manifest);
  const options = Object.entries(engine.options).map(([name, value]) => `${name} ${value}`);
  return section(
    'Method',
    '12, 16, 21, 22',
    `Learner: ${code(engine.name)} ${plain(engine.version)}${blend && `, ${plain(blend)}`}, seed ${engine.seed}${options.length > 0 ? `, options: ${options.map(plain).join(', ')}` : ''}. The trees are published with this card and can be read with a few lines of code.`,
    evaluation &&
      `Evaluation: ${protocolOf(evaluation, data)}, seed ${evaluation.method.seed}. ${data.time === undefined ? 'Every row' : 'Every scored row'} is predicted by models that were trained${evaluation.method.nested ? ', and whose options were chosen,' : ''} without it. Scores are means over the repeats; brackets show 95 % intervals over the sampling of the ${data.groups === undefined ? 'rows' : 'groups'}.`,
  );
}

/** Performance with intervals, compared with the references. */
export function resultsSection({ evaluation, data }: Evaluated): string {
  const metrics = metricsOf(evaluation);
  const all = [
    { label: '**this model**', scores: evaluation.model },
    ...evaluation.references.map(({ label, scores }) => ({ label: plain(english(label)), scores })),
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
      ? [[plain(english(label)), writtenDifference(evaluation, difference), verdictInWords(difference, rows)]]
      : [],
  );
  if (compared.length === 0) return undefined;
  return [
    `Paired differences in ${errorOf(evaluation)}; below 0, this model is better:`,
    pipeTable(['compared with', 'difference', 'result'], compared),
  ].join('\n\n');
}

/** Performance when only some columns are given. */
export function stagesSection({ evaluation, columns }: Evaluated): string {
  const { stages = [] } = evaluation;
  const [metric] = metricsOf(evaluation);
  const rows = stages.map((stage, i) => {
    const before = stages[i - 1]?.columns ?? [];
    const added = stage.columns.filter((name) => !before.includes(name));
    return [
      `${i > 0 ? '+ ' : ''}${added.map((name) => labelIn(columns, name)).join(', ')}`,
      written(metric, stage.model),
      written(metric, stage.dedicated),
    ];
  });
  return section(
    'Performance with few columns',
    '23',
    rows.length > 0 &&
      `${metric.name} if only some columns are given. Each line adds columns to the line above.`,
    rows.length > 0 && pipeTable(['given columns', 'this model', 'regression on these columns'], rows),
  );
}

const labelIn = (columns: Manifest['columns'], name: string): string =>
  plain(english(labelOf(columns.find((column) => column.name === name) ?? { name })));

export function subgroupsSection({ evaluation }: Evaluated): string {
  const { subgroups = [] } = evaluation;
  const metrics = metricsOf(evaluation).slice(0, 2);
  const withPositives = subgroups.some(({ positives }) => positives !== undefined);
  const rows = subgroups.map(({ label, rows, positives, scores }) => [
    plain(english(label)),
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
      'Scores differ between subgroups partly because some are harder to predict for any model. A wide interval means that the subgroup has few rows.',
  );
}

/** Scores of each group by models that were trained without it (internal-external validation: Steyerberg & Harrell 2016). */
export function groupsSection({ evaluation, data }: Evaluated): string {
  const { groups = [] } = evaluation;
  const metrics = metricsOf(evaluation).slice(0, 2);
  const withPositives = groups.some(({ positives }) => positives !== undefined);
  return section(
    'Groups',
    '12, 23',
    groups.length > 0 &&
      `Each ${code(data.groups ?? '')} by models that were trained without it, as it would be in a new one:`,
    groups.length > 0 &&
      pipeTable(
        ['', 'rows', ...(withPositives ? ['observed'] : []), ...metrics.map(({ name }) => name)],
        groups.map(({ name, rows, positives, scores }) => [
          code(name),
          String(rows),
          ...(withPositives ? [positives === undefined ? '–' : percent(positives / rows)] : []),
          ...metrics.map((metric) => written(metric, scores)),
        ]),
      ),
  );
}

/** How often intervals of the outcome contain it. */
export function coverageSection({ evaluation, interval, target }: Evaluated): string {
  if (evaluation.kind !== 'value' || !evaluation.coverage || !interval) return '';
  const unit = 'unit' in target && target.unit ? ` (${plain(english(target.unit))})` : '';
  const widths = evaluation.coverage.map(({ width }) => width);
  return section(
    'Intervals of the outcome',
    '23',
    `How often the ${percent(interval.level)} interval held the observed outcome, by the share of columns that are given. Columns were left out at random; each fold is counted by the quantiles of the others.`,
    pipeTable(
      ['columns given', 'rows', 'outcome within the interval', `median width${unit}`],
      evaluation.coverage.map(({ given, rows, covered, width }) => [
        percent(given),
        String(rows),
        share(covered / rows),
        decimal(width, digitsOf(...widths)),
      ]),
    ),
  );
}

/** How often the outcome is at most each quantile. */
export function quantilesSection({ evaluation, target }: Evaluated): string {
  const levels = target.type === 'numeric' ? (target.quantiles ?? []) : [];
  if (evaluation.kind !== 'value' || !evaluation.quantiles) return '';
  return section(
    'Quantiles',
    '23',
    'In what share of the rows the observed outcome was at most each predicted quantile, by the share of columns that are given; the share in the head is intended. Columns were left out at random.',
    pipeTable(
      ['columns given', 'rows', ...levels.map(String)],
      evaluation.quantiles.map(({ given, rows, below }) => [
        percent(given),
        String(rows),
        ...below.map((count) => share(count / rows)),
      ]),
    ),
  );
}

const share = (value: number): string => `${decimal(100 * value, 1)} %`;

export function calibrationSection({ evaluation }: Evaluated): string {
  if (evaluation.kind !== 'chance') return '';
  return section('Calibration', '23', reliabilityTable(evaluation.reliability));
}

export function importanceSection({ evaluation, columns, answer }: Evaluated): string {
  const { importance = [] } = evaluation;
  const scale = links[answer.link].scale;
  return section(
    'Importance of the columns',
    '22',
    importance.length > 0 &&
      pipeTable(
        ['column', `mean absolute contribution (SHAP), ${scale}`],
        importance.map(({ column, value }) => [labelIn(columns, column), decimal(value, 3)]),
      ),
  );
}
