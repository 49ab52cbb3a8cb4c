import { english, outcomeOf } from '@hearth/artifact';
import { inPeople } from '@hearth/artifact/card';
import { figuresAt, type ThresholdCounts } from '@hearth/artifact/decision';
import type { Element } from 'hast';
import { s } from 'hastscript';
import { plot, polyline, round, type Scales } from './chart/plot.ts';
import { figure } from './figure.ts';
import type { ReportData } from './report-data.ts';

type Point = readonly [number, number];

/** Decision curve (Vickers & Elkin 2006): net benefit by threshold, with its interval, beside that of calling every row positive, or none. */
export function decisionFigure({ manifest }: ReportData, counts: ThresholdCounts): Element {
  const { data } = manifest;
  const figures = counts.at.map((_, i) => figuresAt(counts, i));
  const top = Math.max(...figures.map(({ netBenefit }) => netBenefit.high));
  const bottom = -top / 4;
  const line = (of: (each: (typeof figures)[number]) => number): Point[] =>
    figures.map((each): Point => [each.threshold, of(each)]).filter(([, value]) => value >= bottom);
  const declared = data.decision?.threshold;
  const decision =
    declared === undefined
      ? 'No threshold is declared (hearth.decision in the data package).'
      : `The dashed line is the declared threshold. ${inPeople(counts, declared, english(outcomeOf(manifest)))}`;
  return figure(
    'Decision curve',
    plot(
      {
        x: [0, 1],
        y: [bottom, top],
        xLabel: 'threshold',
        yLabel: 'net benefit',
        description: `Decision curve. ${decision}`,
      },
      (scales) => [
        band(
          scales,
          figures
            .filter(({ netBenefit }) => netBenefit.value >= bottom)
            .map(({ threshold, netBenefit: { low, high } }) => [threshold, Math.max(bottom, low), high]),
        ),
        polyline(
          'without',
          scales,
          line(({ netBenefitOfAll }) => netBenefitOfAll),
        ),
        polyline('without', scales, [
          [0, 0],
          [1, 0],
        ]),
        polyline(
          'curve',
          scales,
          line(({ netBenefit }) => netBenefit.value),
        ),
        ...(declared === undefined
          ? []
          : [
              polyline('diagonal', scales, [
                [declared, bottom],
                [declared, top],
              ]),
            ]),
      ],
    ),
    `Net benefit of a decision by the out-of-fold predictions, with its 95 % interval; in grey, of calling every row positive, and none (0). ${decision}`,
  );
}

/** The area between two lines. */
const band = ({ x, y }: Scales, points: readonly (readonly [number, number, number])[]): Element =>
  s('polygon.band', {
    points: [
      ...points.map(([at, low]) => `${round(x(at))},${round(y(low))}`),
      ...points.toReversed().map(([at, , high]) => `${round(x(at))},${round(y(high))}`),
    ].join(' '),
  });
