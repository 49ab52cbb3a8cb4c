import { expect, test } from 'vitest';
import { didYouMean } from './suggest.ts';

test('the most similar name is suggested, whatever its case', () => {
  expect(didYouMean('agee', ['sex', 'age'])).toBe('; did you mean "age"?');
  expect(didYouMean('SEX', ['sex', 'age'])).toBe('; did you mean "sex"?');
});

test('nothing is suggested where no name is similar', () => {
  expect(didYouMean('temperature', ['sex', 'age'])).toBe('');
  expect(didYouMean('age', [])).toBe('');
});
