import { type ClassEvaluation, english, type Manifest } from '@hearth/artifact';
import { metricsOf, percent, rowsWritten, written } from '@hearth/artifact/card';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { coverageTable } from './coverage.ts';
import { figure } from './figure.ts';
import { reliabilityPlot } from './probabilities.ts';

type Classes = Extract<Manifest['target'], { type: 'classes' }>['classes'];

const nameOf = ({ value, label }: Classes[number]): string => english(label) || value;

/** Rows of each class by the class that is most probable; the shade is the share of the line. */
export function confusionFigure({ confusion }: ClassEvaluation, classes: Classes): Element {
  const names = classes.map(nameOf);
  return figure(
    'Which classes are confused',
    h(
      'div.wide',
      h('table.confusion', [
        h('thead', h('tr', [h('td'), ...names.map((name) => h('th', { scope: 'col' }, name))])),
        h(
          'tbody',
          confusion.map((counts, k) => {
            const rows = counts.reduce((sum, count) => sum + count, 0) || 1;
            return h('tr', [
              h('th', { scope: 'row' }, names[k]),
              ...counts.map((count, j) => {
                const shade = `--share: ${percent(count / rows).replace(' ', '')}`;
                return h(
                  j === k ? 'td.number.right' : 'td.number.wrong',
                  { style: shade },
                  count === 0 ? '·' : rowsWritten(count),
                );
              }),
            ]);
          }),
        ),
      ]),
    ),
    'Out-of-fold predictions, first repeat: rows by their class (lines) and by the class that is most probable (columns).',
  );
}

/** How often prediction sets hold the class, by the share of given columns. */
export function setsFigure({ coverage = [] }: ClassEvaluation): Element | undefined {
  if (coverage.length === 0) return undefined;
  const header = ['columns given', 'rows', 'class in the set', 'classes in the set, on average'];
  return figure(
    'Prediction sets',
    coverageTable(coverage, header, 2),
    'Out-of-fold predictions, with columns left out at random. 90 % is intended, of all rows together; each fold is counted by the thresholds of the others.',
  );
}

/** The reliability of the probabilities of each class, with its AUC against all others. */
export function classReliabilityFigure(evaluation: ClassEvaluation, classes: Classes): Element {
  const auc = metricsOf(evaluation).find(({ id }) => id === 'roc_auc');
  if (!auc) throw new TypeError('classes are scored by AUC');
  return figure(
    'Reliability of each class',
    h(
      'div.multiples',
      evaluation.classes.map((scores, k) => {
        const bins = scores.reliability.filter(({ rows }) => rows > 0);
        const area = written(auc, scores);
        return h('div', [
          h('h3', nameOf(classes[k])),
          h('p.soft', `AUC against all others ${area}`),
          reliabilityPlot(
            bins,
            `Reliability diagram of the class ${nameOf(classes[k])}, ${bins.length} bins`,
          ),
        ]);
      }),
    ),
    'Out-of-fold predictions in bins, with 95 % intervals; on the diagonal, probabilities are calibrated. The bars below count the rows of each bin.',
  );
}
