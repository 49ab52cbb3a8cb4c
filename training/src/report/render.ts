import { readFileSync } from 'node:fs';
import { english, titleOf } from '@hearth/artifact';
import { errorOf } from '@hearth/artifact/card';
import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { classReliabilityFigure, confusionFigure, setsFigure } from './classes.ts';
import { differencesFigure, scoresFigure, scoresTable } from './comparison.ts';
import { decisionFigure } from './decision.ts';
import { elsewherePlace, treesOf } from './elsewhere.ts';
import { head, settings } from './head.ts';
import {
  groupsFigure,
  importanceFigure,
  learningCurveFigure,
  stagesFigure,
  subgroupsFigure,
} from './parts.ts';
import { reliabilityFigure, rocFigure } from './probabilities.ts';
import { quantileFigures } from './quantiles.ts';
import type { ReportData } from './report-data.ts';
import { coverageFigure, observedFigure, residualFigure } from './values.ts';

const style = readFileSync(new URL('./report.css', import.meta.url), 'utf8');

/** The report of a training as one HTML file, without scripts and without anything to load. */
export function renderReport(data: ReportData): string {
  const { manifest, learningCurve } = data;
  const present = (figures: (Element | undefined)[]) => figures.filter((each) => each !== undefined);
  const page = h('html', { lang: 'en' }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'trees', content: treesOf(manifest) }),
      h('title', `${english(titleOf(manifest))}: training report`),
      h('style', style),
    ]),
    h('body', [
      ...head(data),
      h('main', [
        h('div.full', present([scoresFigure(data), differencesFigure(data)])),
        h(
          'div.pair',
          present([
            ...predictionFigures(data),
            learningCurveFigure(learningCurve, errorOf(manifest.evaluation)),
            importanceFigure(data),
          ]),
        ),
        h(
          'div.full',
          present([
            ...classFigures(data),
            stagesFigure(data),
            subgroupsFigure(data),
            groupsFigure(data),
            scoresTable(data),
          ]),
        ),
        ...elsewherePlace(),
        settings(data),
      ]),
    ]),
  ]);
  return `${toHtml([{ type: 'doctype' }, page])}\n`;
}

function classFigures({ manifest: { evaluation, target } }: ReportData): Element[] {
  if (evaluation.kind !== 'classes' || target.type !== 'classes') return [];
  const sets = setsFigure(evaluation);
  return [
    confusionFigure(evaluation, target.classes),
    ...(sets ? [sets] : []),
    classReliabilityFigure(evaluation, target.classes),
  ];
}

const unitOf = (target: ReportData['manifest']['target']): string =>
  'unit' in target && target.unit ? `, ${english(target.unit)}` : '';

function predictionFigures(data: ReportData): Element[] {
  const { evaluation, target } = data.manifest;
  if (evaluation.kind === 'chance') {
    const { thresholds } = evaluation;
    return [
      rocFigure(evaluation),
      reliabilityFigure(evaluation),
      ...(thresholds ? [decisionFigure(data, thresholds)] : []),
    ];
  }
  if (evaluation.kind === 'classes') return [];
  const levels = target.type === 'numeric' ? target.quantiles : undefined;
  if (levels) return quantileFigures(evaluation, levels, unitOf(target));
  const unit = unitOf(target);
  const coverage = coverageFigure(evaluation, unit);
  return [
    observedFigure(evaluation, unit),
    residualFigure(evaluation, unit),
    ...(coverage ? [coverage] : []),
  ];
}
