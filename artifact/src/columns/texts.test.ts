import * as v from 'valibot';
import { expect, test } from 'vitest';
import { labelOf, Texts, textIn } from './texts.ts';

test.each([
  [{ en: 'Age', 'pt-BR': 'Idade' }, 'pt-BR', 'Idade'],
  [{ en: 'Age' }, 'pt-BR', 'Age'],
  [{ 'pt-BR': 'Idade' }, 'en', 'Idade'],
  [{ en: 'Age', 'pt-BR': '' }, 'pt-BR', 'Age'],
  [undefined, 'en', ''],
] as const)('of %j, %s reads %j', (texts, language, read) => {
  expect(textIn(texts, language)).toBe(read);
});

test('the label of a column without one is its name', () => {
  expect(labelOf({ name: 'age', label: { 'pt-BR': 'Idade' } })).toEqual({ 'pt-BR': 'Idade' });
  expect(labelOf({ name: 'age' })).toEqual({ en: 'age' });
});

test.each([{}, { de: 'Alter' }, 'Age', { en: 1 }])('%j is not a text', (text) => {
  expect(v.is(Texts, text)).toBe(false);
});
