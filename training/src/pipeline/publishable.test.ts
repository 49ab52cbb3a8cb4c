import { expect, test } from 'vitest';
import { draftPackage } from '../data/package.ts';
import { publishable } from './publishable.ts';

const faultsOf = (json: unknown): string[] => {
  try {
    publishable(draftPackage('p.json', json));
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

/** A data package with a fault of every kind: not supported, of the wrong shape, in itself, in what a server reads. */
const spoiled = (type: unknown) => ({
  resources: [
    {
      name: 't',
      path: 't.csv',
      compression: 'zip',
      schema: {
        fields: [
          { name: 'x', type, constraints: { pattern: '.' } },
          { name: 'c', type: 'string', constraints: { enum: ['a', 'b'] }, categories: ['b'] },
          { name: 'z', type: 'number', hearth: { group: 'none' } },
          { name: 'z', type: 'number' },
        ],
      },
    },
  ],
  hearth: { model: 'My Model', target: 'Z', subgroups: ['q'], groups: [{ name: 'all' }] },
});

test('all faults of a data package are named at once, each with its place', () => {
  expect(faultsOf(spoiled('integer'))).toMatchInlineSnapshot(`
    [
      "p.json: resources.0.compression: "zip" is not supported; compress the table by gzip, or not at all",
      "p.json: field "x", constraints.pattern: is not supported; the type integer takes required, unique, enum, minimum, maximum",
      "p.json: hearth.target: there is no field "Z"; did you mean "z"?",
      "p.json: field "c": constraints.enum and categories must name the same values in the same order",
      "p.json: hearth.subgroups: there is no input "q"",
      "p.json: hearth.model: a model's name has at most 63 lower-case letters, digits and hyphens, and begins with a letter; it is "My Model"",
      "p.json: there are two columns named "z"",
      "p.json: the column "z" is in the group "none", which does not exist",
    ]
  `);
});

test('a data package of the wrong shape is told so with everything that is not supported, each once', () => {
  expect(faultsOf(spoiled('money'))).toMatchInlineSnapshot(`
    [
      "p.json: resources.0.compression: "zip" is not supported; compress the table by gzip, or not at all",
      "p.json: field "x", type: "money" is not supported; a column is an integer, a number, a string, a boolean, a date, a datetime, a year or a yearmonth",
      "p.json: hearth.target: there is no field "Z"; did you mean "z"?",
      "p.json: field "c": constraints.enum and categories must name the same values in the same order",
      "p.json: hearth.subgroups: there is no input "q"",
      "p.json: hearth.model: a model's name has at most 63 lower-case letters, digits and hyphens, and begins with a letter; it is "My Model"",
      "p.json: there are two columns named "z"",
      "p.json: the column "z" is in the group "none", which does not exist",
    ]
  `);
  expect(faultsOf([])).toMatchInlineSnapshot(`
    [
      "p.json: resources: is missing",
      "p.json: hearth: is missing",
    ]
  `);
  expect(faultsOf({ resources: [], hearth: {} })).toMatchInlineSnapshot(`
    [
      "p.json: resources: has 0 tables; a model is trained on one",
      "p.json: hearth.target: is missing",
    ]
  `);
});

test('a data package without faults is read', () => {
  const fields = [
    { name: 'x', type: 'number' },
    { name: 'y', type: 'string' },
  ];
  const json = {
    name: 't',
    resources: [{ name: 't', path: 't.csv', schema: { fields } }],
    hearth: { target: 'y' },
  };
  expect(faultsOf(json)).toEqual([]);
});
