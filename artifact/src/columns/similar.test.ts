import { expect, test } from 'vitest';
import { didYouMean, someOf } from './similar.ts';

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

test('of a list a message has the first ten', () => {
  const ten = Array.from({ length: 10 }, (_, i) => i);
  expect(someOf([])).toBe('');
  expect(someOf(ten)).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9');
  expect(someOf([...ten, 10, 11])).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more');
});
