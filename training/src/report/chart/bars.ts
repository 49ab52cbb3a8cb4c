import type { Element } from 'hast';
import { h } from 'hastscript';
import { round } from './plot.ts';

/** Amounts from 0 as bars, the largest as wide as there is room. */
export function bars(rows: readonly { label: string; number: string; value: number }[]): Element {
  const largest = Math.max(...rows.map(({ value }) => value)) || 1;
  return h(
    'table.bars',
    h(
      'tbody',
      rows.map(({ label, number, value }) =>
        h('tr', [
          h('th', { scope: 'row' }, label),
          h('td.number', number),
          h('td.drawing', h('div', { style: `width: ${round((100 * value) / largest)}%` })),
        ]),
      ),
    ),
  );
}
