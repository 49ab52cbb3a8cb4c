import { toHtml } from 'hast-util-to-html';
import { s } from 'hastscript';
import { lossOf, type TableResult } from './compare.ts';
import { hearth } from './engines.ts';
import { mean } from './scores.ts';

const row = 18;
const margin = { top: 60, right: 20, bottom: 20, left: 170 };
const width = 900;
const most = 1.2;
const colours: Record<string, string> = {
  [hearth]: '#b3341f',
  CatBoost: '#1b6ca8',
  LightGBM: '#2a9d60',
  XGBoost: '#7b4fa3',
  HistGradientBoosting: '#c98a1b',
  RandomForest: '#6b6b6b',
  ExtraTrees: '#a0a0a0',
  ranger: '#404040',
  regression: '#d3779c',
  EBM: '#3aa6a6',
};

/** The loss of each engine on each table, in percent of the base rate's, as the text of an SVG file. */
export function drawLosses(results: readonly TableResult[]): string {
  const height = margin.top + margin.bottom + row * results.length;
  const x = (share: number) =>
    margin.left + (Math.min(most, share) / most) * (width - margin.left - margin.right);
  const names = Object.keys(colours);
  const step = (width - 20) / names.length;
  return toHtml(
    s(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
      [
        s('title', 'The loss of each engine on each table, in percent of the loss of the base rate'),
        s('style', 'text{font:11px system-ui,sans-serif;fill:#333}line{stroke:#ddd}'),
        s('rect', { width, height, fill: '#fff' }),
        ...names.flatMap((name, i) => [
          s('circle', { cx: 14 + i * step, cy: 16, r: 4, fill: colours[name] }),
          s('text', { x: 22 + i * step, y: 20 }, name === 'HistGradientBoosting' ? 'HistGB' : name),
        ]),
        ...[0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
          s('line', { x1: x(share), x2: x(share), y1: margin.top - 8, y2: height - margin.bottom }),
          s('text', { x: x(share), y: margin.top - 14, textAnchor: 'middle' }, `${100 * share} %`),
        ]),
        ...results.flatMap(({ spec, base, engines }, i) => {
          const y = margin.top + row * i + row / 2;
          const shown = engines.filter(
            ({ name, scores }) => scores.length > 0 && colours[name] !== undefined,
          );
          // Hearth is drawn last, above the others
          const inOrder = [
            ...shown.filter(({ name }) => name !== hearth),
            ...shown.filter(({ name }) => name === hearth),
          ];
          return [
            s('text', { x: margin.left - 10, y: y + 4, textAnchor: 'end' }, spec.name),
            ...inOrder.map((engine) =>
              s('circle', {
                cx: x(lossOf(engine, 0) / mean(base)).toFixed(1),
                cy: y,
                r: engine.name === hearth ? 5 : 3.5,
                fill: colours[engine.name],
                fillOpacity: engine.name === hearth ? 1 : 0.75,
              }),
            ),
          ];
        }),
      ],
    ),
    { space: 'svg' },
  );
}
