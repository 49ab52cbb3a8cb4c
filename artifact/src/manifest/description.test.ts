import { tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import type { CategoryColumn, NumericColumn, TimeColumn } from '../columns/columns.ts';
import { assertColumns, type Description, descriptionFaults } from './description.ts';

const year = { minimum: '2024-01-01T00:00:00', maximum: '2024-12-31T23:59:59' };
const text = { en: 'At', 'pt-BR': 'Em' };
const time: TimeColumn = {
  name: 'at',
  label: text,
  description: text,
  group: 'all',
  required: false,
  type: 'datetime',
  ...year,
  seen: year,
};

test('a time with a time zone passes', () => {
  const manifest = tinyManifest();
  manifest.columns.push(time);
  manifest.timeZone = 'America/Sao_Paulo';
  expect(() => assertColumns(manifest)).not.toThrow();
});

/** The tiny model's manifest, with the change. */
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

test('the columns of the tiny model pass', () => {
  expect(() => assertColumns(tinyManifest())).not.toThrow();
});

test.each<[string, Parameters<typeof changed>[0], string]>([
  [
    'two columns with the same name',
    ({ weight }) => Object.assign(weight, { name: 'age' }),
    'two columns named "age"',
  ],
  ['the target among the columns', ({ age }) => Object.assign(age, { name: 'disease' }), 'two columns named'],
  ['__proto__', ({ age }) => Object.assign(age, { name: '__proto__' }), 'cannot have the name "__proto__"'],
  ['spaces around a name', ({ age }) => Object.assign(age, { name: 'age ' }), 'begins or ends with a space'],
  ['an empty name', ({ age }) => Object.assign(age, { name: '' }), 'is empty'],
  ['a name with an escape', ({ age }) => Object.assign(age, { name: '\u001b[2Jage' }), 'name "\uFFFD[2Jage"'],
  ['an unknown group', ({ age }) => Object.assign(age, { group: 'none' }), '"age" is in the group "none"'],
  ['a group twice', ({ manifest }) => manifest.groups.push(manifest.groups[0]), 'two groups named "all"'],
  [
    'an empty label',
    ({ age }) => Object.assign(age, { label: { 'pt-BR': ' ' } }),
    '"age" has an empty label',
  ],
  [
    'a time without a time zone',
    ({ manifest }) => manifest.columns.push(time),
    'the column "at" needs a timeZone in the manifest',
  ],
  [
    'an unknown time zone',
    ({ manifest }) => manifest.columns.push(time) && Object.assign(manifest, { timeZone: 'Mars/Olympus' }),
    'the timeZone "Mars/Olympus" is not one that this server knows',
  ],
  [
    'a time zone without a time',
    ({ manifest }) => Object.assign(manifest, { timeZone: 'UTC' }),
    'there is a timeZone, but no column of type datetime',
  ],
  ['an empty range', ({ age }) => Object.assign(age, { minimum: 101 }), '"age" allows nothing'],
  [
    'a range without a whole number',
    ({ age }) => Object.assign(age, { minimum: 0.2, maximum: 0.8 }),
    'there is no whole number from 0.2 to 0.8',
  ],
  [
    'a seen range outside the allowed range',
    ({ weight }) => Object.assign(weight.seen, { maximum: 501 }),
    'was seen from 40 to 501',
  ],
  [
    'an empty seen range',
    ({ weight }) => Object.assign(weight.seen, { minimum: 200 }),
    'was seen from 200 to 120',
  ],
  ['an example outside the range', ({ age }) => Object.assign(age, { example: 101 }), 'has the example 101'],
  [
    'an example that is not a whole number',
    ({ age }) => Object.assign(age, { example: 25.5 }),
    'has the example 25.5',
  ],
  [
    'an example that is a code of a missing value',
    ({ age }) => Object.assign(age, { missingCodes: ['25'] }),
    'has the example 25',
  ],
  [
    'an example that is not one of the values',
    ({ age }) => Object.assign(age, { enum: [1] }),
    'has the example 25',
  ],
  [
    'a category that is a code of a missing value',
    ({ sex }) => Object.assign(sex, { missingCodes: ['-', 'male'] }),
    'has the category "male", which means a missing value',
  ],
  [
    'an unseen category that is not a category',
    ({ sex }) => Object.assign(sex, { unseen: ['x'] }),
    'has "x" in no training row',
  ],
  ['a category twice', ({ sex }) => sex.categories.push(sex.categories[0]), '"sex" has a category twice'],
  [
    'an example that is not a category',
    ({ sex }) => Object.assign(sex, { example: 'x' }),
    'has the example "x"',
  ],
  [
    'a category that ends in a space',
    ({ sex }) => Object.assign(sex.categories[0], { value: 'female ' }),
    'has the category "female "',
  ],
])('%s is refused', (_name, change, reason) => {
  expect(() => assertColumns(changed(change))).toThrow(reason);
  expect(() => assertColumns(changed(change))).toThrow(/^column check: /);
});

/** The tiny model's description, changed. */
function described(change: (description: Description) => void): Description {
  const { features, answer, engine, evaluation, golden, files, ...description } = tinyManifest();
  change(description);
  return description;
}

test('a description of a model that can be published has no faults', () => {
  expect(descriptionFaults(described(() => {}))).toEqual([]);
});

test('all faults that a reader would find are listed together', () => {
  const faults = descriptionFaults(
    described((description) => {
      description.name = 'Tiny Model';
      description.columns[0].group = 'none';
      Object.assign(description.columns[0], { maximum: Infinity });
      description.columns[1].name = '__proto__';
      description.columns[2].name = '\u001b[2J'.padEnd(101, 'x');
    }),
  );
  expect(faults.map(({ path }) => path.join('.'))).toEqual([
    'name',
    'columns.0.maximum',
    'columns.2.name',
    '',
    '',
    '',
  ]);
  expect(faults[0].fault).toContain('it is "Tiny Model"');
  expect(faults.map(({ fault }) => fault).join('\n')).not.toContain('\u001b');
  expect(faults.slice(3).map(({ fault }) => fault.slice(0, 45))).toEqual([
    expect.stringContaining('a column cannot have the name "__proto__"'),
    expect.stringContaining('a column cannot have the name "\uFFFD[2Jxxx'),
    expect.stringContaining('the column "age" is in the group "none"'),
  ]);
});
