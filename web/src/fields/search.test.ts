import type { CategoryColumn } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { localeFor } from '../locale.ts';
import { categoryOf, suggestions } from './search.ts';

const { text } = localeFor('pt-BR');
const towns: CategoryColumn = {
  name: 'town',
  type: 'category',
  categories: [
    ...['Ouro Preto', 'São João del-Rei', 'Porto Seguro'].map((label, i) => ({
      value: `m${i}`,
      label: { en: label },
    })),
    ...Array.from({ length: 20_000 }, (_, i) => ({ value: `Town ${i}` })),
  ],
};
const found = (typed: string) => suggestions(towns, typed, text).map(({ value }) => value);

test('suggests what begins with the typed text, then what contains it, without case and accents', () => {
  expect(found('sao joao')).toEqual(['m1']);
  expect(found('p')).toEqual(['m2', 'm0']);
  expect(found('town 1')).toHaveLength(50);
});

test('takes a label for its value, and leaves another text as it is', () => {
  expect(['ouro preto', 'm2', 'Town 7', 'Sabará', ''].map((typed) => categoryOf(towns, typed, text))).toEqual(
    ['m0', 'm2', 'Town 7', 'Sabará', ''],
  );
});
