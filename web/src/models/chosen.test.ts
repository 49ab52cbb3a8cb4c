import { expect, test } from 'vitest';
import { chosenModel, pageOf } from './chosen.ts';

test.each([
  ['', undefined],
  ['?model=', undefined],
  ['?model=cars', 'cars'],
  ['?a=1&model=cars', 'cars'],
  ['?model=..%2Fcars', undefined],
  ['?model=Cars', undefined],
])('%j names the model %j', (search, name) => {
  expect(chosenModel(search)).toBe(name);
});

test('the address of a model names it, and that of the default one has no name', () => {
  expect(chosenModel(pageOf('cars', false))).toBe('cars');
  expect(pageOf('heart', true)).toBe('./');
});
