import { expect, test } from 'vitest';
import { didYouMean } from './similar.ts';

test('the most similar name is suggested, whatever its case', () => {
  expect(didYouMean('agee', ['sex', 'age'])).toBe('; did you mean "age"?');
  expect(didYouMean('SEX', ['sex', 'age'])).toBe('; did you mean "sex"?');
});

test('nothing is suggested where no name is similar', () => {
  expect(didYouMean('temperature', ['sex', 'age'])).toBe('');
  expect(didYouMean('age', [])).toBe('');
});

test('the first of the names that differ in case only is suggested, also of a long list', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `Town ${i}`);
  expect(didYouMean('town 7', [...many, 'TOWN 7'])).toBe('; did you mean "Town 7"?');
  expect(didYouMean('Twon 7', many)).toBe('');
});
