import {
  decimal,
  digitsOf,
  errorOf,
  intervalOf,
  meanOf,
  metricsOf,
  percent,
  protocolOf,
} from '@hearth/artifact/card';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { verdicts } from './comparison.ts';
import { isChance, type ReportData } from './report-data.ts';

/** What the whole report says, in a screen. */
export function head(data: ReportData): Element[] {
  const { manifest, warnings } = data;
  const { title, outcome, evaluation, data: table } = manifest;
  const what = isChance(manifest)
    ? `The chance of ${outcome.en}`
    : `${outcome.en.charAt(0).toUpperCase()}${outcome.en.slice(1)}`;
  const share =
    table.positives === undefined ? '' : `, ${percent(table.positives / table.rows)} of them with it`;
  const told = verdicts(data);
  return [
    h('header', [h('h1', title.en), h('p', `Training report`)]),
    h(
      'p.lead',
      `${what}, learned from ${table.rows} rows${share}, and judged by ${protocolOf(evaluation)}: every row is predicted by models that have not seen it.`,
    ),
    h('div.headline', headline(data)),
    ...(told.length > 0 ? [h('ul.verdicts', told)] : []),
    ...(warnings.length > 0
      ? [
          h('aside.warnings', [
            h('h2', 'Look at the table first'),
            h(
              'ul',
              warnings.map((warning) => h('li', warning)),
            ),
          ]),
        ]
      : []),
  ];
}

/** The three scores that say most, each with its interval. */
function headline({ manifest: { evaluation } }: ReportData): Element[] {
  const shown = metricsOf(evaluation).filter(
    ({ name }) => evaluation.kind === 'value' || ['Brier score', 'AUC', 'Calibration slope'].includes(name),
  );
  return shown.map((metric) => {
    const interval = intervalOf(metric, evaluation.model);
    return h('div', [
      h('p.number', meanOf(metric, evaluation.model)),
      h('p', h('strong', metric.name)),
      ...(interval ? [h('p.soft', interval)] : []),
    ]);
  });
}

/** Everything that is needed to make the model again. */
export function settings({ manifest, candidates, warnings, seconds }: ReportData): Element {
  const { engine, evaluation, data, name } = manifest;
  const digits = evaluation.kind === 'chance' ? 4 : digitsOf(...candidates.map(({ loss }) => loss));
  const options = Object.entries(engine.options).map(([option, value]) => `${option} ${value}`);
  const chosen = candidates.map(
    (candidate) =>
      `${candidate.name} ${decimal(candidate.loss, digits)}${candidate.chosen ? ' (chosen)' : ''}`,
  );
  const entries: [string, string][] = [
    ['Model', name],
    [
      'Candidates',
      candidates.length > 1 ? `by mean ${errorOf(evaluation)}: ${chosen.join(', ')}` : chosen.join(),
    ],
    ['Learner', `${engine.name} ${engine.version}, seed ${engine.seed}`],
    ['Settings', options.length > 0 ? options.join(', ') : 'none'],
    ['Evaluation', `${protocolOf(evaluation)}, seed ${evaluation.method.seed}`],
    ['Table', `${data.name}, ${data.rows} rows${warnings.length === 0 ? '; nothing in it stands out' : ''}`],
    ['SHA-256', data.sha256],
    ['Time', seconds < 120 ? `${Math.round(seconds)} seconds` : `${(seconds / 60).toFixed(1)} minutes`],
  ];
  return h('section.settings', [
    h('h2', 'How it was made'),
    h(
      'dl',
      entries.flatMap(([term, text]) => [h('dt', term), h('dd', text)]),
    ),
  ]);
}
