import { english, outcomeOf, targetKind, titleOf } from '@hearth/artifact';
import {
  blendInWords,
  decimal,
  digitsOf,
  errorOf,
  intervalOf,
  meanOf,
  metricsOf,
  percent,
  protocolOf,
  samplingSentences,
} from '@hearth/artifact/card';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { verdicts } from './comparison.ts';
import type { ReportData } from './report-data.ts';

/** Scores that are only in the table of all scores. */
const notInHeadline = ['Log loss', 'Accuracy', 'Calibration intercept'];

/** The summary of the report, one screen. */
export function head(data: ReportData): Element[] {
  const { manifest, warnings } = data;
  const { evaluation, data: table } = manifest;
  const outcome = english(outcomeOf(manifest));
  const what =
    targetKind(manifest.target).field === 'probability'
      ? `The probability of ${outcome}`
      : `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}`;
  const share =
    table.positives === undefined ? '' : `, ${percent(table.positives / table.rows)} of them with it`;
  const compared = verdicts(data);
  return [
    h('header', [h('h1', english(titleOf(manifest))), h('p', `Training report`)]),
    h(
      'p.lead',
      `${what}, trained on ${table.rows} rows${share}, and evaluated by ${protocolOf(evaluation, table)}: every row is predicted by models that were not trained on it.`,
    ),
    h('div.headline', headline(data)),
    ...(compared.length > 0 ? [h('ul.verdicts', compared)] : []),
    ...(warnings.length > 0
      ? [
          h('aside.warnings', [
            h('h2', 'Warnings about the table'),
            h(
              'ul',
              warnings.map((warning) => h('li', warning)),
            ),
          ]),
        ]
      : []),
  ];
}

/** The three most important scores, each with its interval. */
function headline({ manifest: { evaluation } }: ReportData): Element[] {
  const shown = metricsOf(evaluation).filter(({ name }) => !notInHeadline.includes(name));
  return shown.map((metric) => {
    const interval = intervalOf(metric, evaluation.model);
    return h('div', [
      h('p.number', meanOf(metric, evaluation.model)),
      h('p', h('strong', metric.name)),
      ...(interval ? [h('p.soft', interval)] : []),
    ]);
  });
}

/** Everything needed to train the model again. */
export function settings({ manifest, candidates, warnings, seconds }: ReportData): Element {
  const { engine, evaluation, data, name } = manifest;
  const [main] = metricsOf(evaluation);
  const digits = main.digits ?? digitsOf(...candidates.map(({ loss }) => loss));
  const blend = blendInWords(manifest);
  const options = Object.entries(engine.options).map(([option, value]) => `${option} ${value}`);
  const chosen = candidates.map(
    (candidate) =>
      `${candidate.name} ${decimal(candidate.loss, digits)}${candidate.chosen ? ' (chosen)' : ''}`,
  );
  const hasBlend = candidates.some((candidate) => candidate.name === 'blend');
  const rows = samplingSentences(data, (column) => `"${column}"`);
  const entries: [string, string][] = [
    ['Model', name],
    [
      'Candidates',
      candidates.length > 1
        ? `by mean ${errorOf(evaluation)} with all columns: ${chosen.join(', ')}; missing cells count half in the choice${hasBlend ? ', and a blend must be better by 1 %' : ''}`
        : chosen.join(),
    ],
    ['Learner', `${engine.name} ${engine.version}${blend && `, ${blend}`}, seed ${engine.seed}`],
    ['Settings', options.length > 0 ? options.join(', ') : 'none'],
    ['Evaluation', `${protocolOf(evaluation, data)}, seed ${evaluation.method.seed}`],
    ['Table', `${data.name}, ${data.rows} rows${warnings.length === 0 ? '; no warnings' : ''}`],
    ...(rows.length > 0 ? [['Rows', rows.join(' ')] as [string, string]] : []),
    ['SHA-256', data.sha256],
    ['Time', seconds < 120 ? `${Math.round(seconds)} seconds` : `${(seconds / 60).toFixed(1)} minutes`],
  ];
  return h('section.settings', [
    h('h2', 'How it was trained'),
    h(
      'dl',
      entries.flatMap(([term, text]) => [h('dt', term), h('dd', text)]),
    ),
  ]);
}
