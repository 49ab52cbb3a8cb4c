import { english } from '../columns/texts.ts';
import { type Estimate, figuresAt, peopleAt, placeOf, type ThresholdCounts } from '../decision/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type Evaluated, outcomeOf } from '../manifest/stated.ts';
import { pipeTable, plain, section } from './markdown.ts';
import { decimal, fromTo, percent } from './numbers.ts';

/** Thresholds that are shown beside the declared one. */
const shown = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** What a threshold does: to 100 people, and by its error rates and net benefit. */
export function decisionSection(manifest: Evaluated): string {
  const { data, evaluation } = manifest;
  const { decision } = data;
  const counts = evaluation.kind === 'chance' ? evaluation.thresholds : undefined;
  return section(
    'Decision',
    '12, 15, 23',
    decision ? declaredDecision(decision) : counts && 'No threshold for a decision is declared.',
    decision && counts && inPeople(counts, decision.threshold, plain(english(outcomeOf(manifest)))),
    counts && decisionTable(counts, decision?.threshold),
    counts &&
      'By the out-of-fold predictions, with 95 % intervals over the sampling of the rows. Net benefit (Vickers & Elkin 2006, [Medical Decision Making 26:565](https://doi.org/10.1177/0272989X06295361)) is the share of true positives minus that of false positives, which weigh as much as the odds of the threshold; a threshold is of use where it is above 0 and above that of calling every row positive.',
  );
}

function declaredDecision({ threshold, label, costs }: NonNullable<Manifest['data']['decision']>): string {
  const what = label ? `: ${plain(english(label))}` : '';
  const why = costs
    ? ` It follows from the declared costs: ${costs.falsePositive} for a false positive, ${costs.falseNegative} for a false negative.`
    : '';
  return `From a probability of ${percentOf(threshold)} on, the decision is positive${what}.${why}`;
}

/** What a threshold does to 100 people like those in the rows. */
export function inPeople(counts: ThresholdCounts, threshold: number, outcome: string): string {
  const { of, flagged, flaggedWith, missed } = peopleAt(counts, placeOf(counts, threshold));
  return `Of ${of} people like those in the table, ${flagged} are called positive, ${flaggedWith} of them with ${outcome}; ${missed} with ${outcome} are missed.`;
}

/** Error rates and net benefit by threshold, the declared one among them in bold. */
export function decisionTable(counts: ThresholdCounts, declared?: number): string {
  const places = [...shown, ...(declared === undefined ? [] : [declared])].map((each) =>
    placeOf(counts, each),
  );
  const rows = [...new Set(places)]
    .sort((a, b) => a - b)
    .map((i) => {
      const figures = figuresAt(counts, i);
      const { threshold, sensitivity, specificity, ppv, npv, netBenefit, netBenefitOfAll } = figures;
      const name = percentOf(threshold);
      return [
        threshold === declared ? `**${name}**` : name,
        percent(figures.flagged),
        ...[sensitivity, specificity, ppv, npv].map((each) => estimate(each, 2)),
        estimate(netBenefit, 3),
        decimal(netBenefitOfAll, 3),
      ];
    });
  return pipeTable(
    [
      'threshold',
      'positive',
      'sensitivity',
      'specificity',
      'PPV',
      'NPV',
      'net benefit',
      'of calling all positive',
    ],
    rows,
  );
}

const estimate = (each: Estimate | undefined, digits: number): string =>
  each
    ? `${decimal(each.value, digits)} (${fromTo(decimal(each.low, digits), decimal(each.high, digits))})`
    : '–';

/** A threshold as it was declared: to a tenth of a percent where it is not a whole one. */
const percentOf = (threshold: number): string => `${Number((threshold * 100).toFixed(1))} %`;
