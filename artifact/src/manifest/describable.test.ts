import { tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import type { CategoryColumn, NumericColumn } from '../columns/columns.ts';
import { assertDescribable } from './describable.ts';

/** The tiny model's description with its column of whole numbers, of categories, or as a whole changed. */
function changed(
  change: (parts: {
    manifest: ReturnType<typeof tinyManifest>;
    age: NumericColumn;
    sex: CategoryColumn;
    weight: NumericColumn;
  }) => void,
) {
  const manifest = tinyManifest();
  const [age, sex, weight] = manifest.columns as [NumericColumn, CategoryColumn, NumericColumn];
  change({ manifest, age, sex, weight });
  return manifest;
}

test('a description that a page can show passes', () => {
  expect(() => assertDescribable(tinyManifest())).not.toThrow();
});

test.each<[string, Parameters<typeof changed>[0], string]>([
  [
    'two columns of one name',
    ({ weight }) => Object.assign(weight, { name: 'age' }),
    'two columns named "age"',
  ],
  ['the target among the columns', ({ age }) => Object.assign(age, { name: 'disease' }), 'two columns named'],
  ['__proto__', ({ age }) => Object.assign(age, { name: '__proto__' }), 'cannot have the name "__proto__"'],
  ['toString', ({ age }) => Object.assign(age, { name: 'toString' }), 'cannot have the name "toString"'],
  ['spaces around a name', ({ age }) => Object.assign(age, { name: 'age ' }), 'cannot have the name "age "'],
  ['a name with an escape', ({ age }) => Object.assign(age, { name: '\u001b[2Jage' }), 'name "\uFFFD[2Jage"'],
  ['an unknown group', ({ age }) => Object.assign(age, { group: 'none' }), '"age" is in the group "none"'],
  ['a group twice', ({ manifest }) => manifest.groups.push(manifest.groups[0]), 'two groups named "all"'],
  ['an empty label', ({ age }) => Object.assign(age.label, { 'pt-BR': ' ' }), '"age" has an empty label'],
  ['an empty range', ({ age }) => Object.assign(age, { minimum: 101 }), '"age" allows nothing'],
  [
    'a range without a whole number',
    ({ age }) => Object.assign(age, { minimum: 0.2, maximum: 0.8 }),
    'there is no whole number from 0.2 to 0.8',
  ],
  [
    'a range seen outside',
    ({ weight }) => Object.assign(weight.seen, { maximum: 501 }),
    'was seen from 40 to 501',
  ],
  [
    'an empty range seen',
    ({ weight }) => Object.assign(weight.seen, { minimum: 200 }),
    'was seen from 200 to 120',
  ],
  ['an example outside', ({ age }) => Object.assign(age, { example: 101 }), 'has the example 101'],
  ['half an example', ({ age }) => Object.assign(age, { example: 25.5 }), 'has the example 25.5'],
  [
    'an example that stands for no value',
    ({ age }) => Object.assign(age, { missingCodes: ['25'] }),
    'has the example 25',
  ],
  [
    'an example that is none of the values',
    ({ age }) => Object.assign(age, { enum: [1] }),
    'has the example 25',
  ],
  [
    'a category that stands for no value',
    ({ sex }) => Object.assign(sex, { missingCodes: ['-', 'male'] }),
    'has the category "male", which means a missing value',
  ],
  [
    'an unseen category of no category',
    ({ sex }) => Object.assign(sex, { unseen: ['x'] }),
    'has "x" in no training row',
  ],
  ['a category twice', ({ sex }) => sex.categories.push(sex.categories[0]), '"sex" has a category twice'],
  ['a category of no category', ({ sex }) => Object.assign(sex, { example: 'x' }), 'has the example "x"'],
  [
    'a category that ends in a space',
    ({ sex }) => Object.assign(sex.categories[0], { value: 'female ' }),
    'has the category "female "',
  ],
])('%s is refused', (_name, change, reason) => {
  expect(() => assertDescribable(changed(change))).toThrow(reason);
  expect(() => assertDescribable(changed(change))).toThrow(/^column check: /);
});
