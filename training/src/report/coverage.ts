import type { ValueEvaluation } from '@hearth/artifact';
import { decimal, percent } from '@hearth/artifact/card';
import type { Element } from 'hast';
import { h } from 'hastscript';

/** How often intervals or sets hold what they should, by the share of given columns. @param digits of the widths */
export const coverageTable = (
  coverage: NonNullable<ValueEvaluation['coverage']>,
  header: readonly string[],
  digits: number,
): Element =>
  h('div.wide', [
    h('table.scores', [
      h(
        'thead',
        h(
          'tr',
          header.map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        coverage.map(({ given, rows, covered, width }) =>
          h('tr', [
            h('th', { scope: 'row' }, percent(given)),
            h('td.number', String(rows)),
            h('td.number', `${decimal((100 * covered) / rows, 1)} %`),
            h('td.number', decimal(width, digits)),
          ]),
        ),
      ),
    ]),
  ]);
