import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descriptionFaults } from '@hearth/artifact';
import { afterEach, expect, test } from 'vitest';
import { describeData } from '../pipeline/describe-data.ts';
import { readPackage } from './package.ts';
import { readTable } from './table.ts';

let folder: string | undefined;
afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
});

const fields = [
  { name: 'age', type: 'integer', constraints: { minimum: 0, maximum: 100 } },
  { name: 'class', type: 'string', constraints: { enum: ['1st', '2nd'] } },
  { name: 'survived', type: 'integer', constraints: { enum: [0, 1] } },
];

/** What a model of this data package says. */
async function described(more: object = {}, changed: object[] = fields) {
  folder = await mkdtemp(join(tmpdir(), 'hearth-package-'));
  const path = join(folder, 'datapackage.json');
  const resources = [{ name: 'titanic', path: 't.csv', schema: { fields: changed } }];
  await writeFile(path, JSON.stringify({ resources, hearth: { target: 'survived' }, ...more }));
  await writeFile(join(folder, 't.csv'), `age,class,survived\n${'22,1st,0\n38,2nd,1\n'.repeat(15)}`);
  const description = describeData(await readTable(await readPackage(path)));
  expect(descriptionFaults(description)).toEqual([]);
  return description;
}

test('only the fields and the target have to be said', async () => {
  const { format, name, columns, target, data, ...texts } = await described();
  expect(texts).toEqual({});
  expect({ name, target, data: Object.keys(data) }).toEqual({
    name: 'titanic',
    target: { name: 'survived', type: 'binary' },
    data: ['name', 'sha256', 'rows', 'missing', 'bins', 'positives'],
  });
  expect(columns).toEqual([
    {
      name: 'age',
      type: 'integer',
      required: false,
      minimum: 0,
      maximum: 100,
      seen: { minimum: 22, maximum: 38 },
    },
    {
      name: 'class',
      type: 'category',
      required: false,
      categories: [{ value: '1st' }, { value: '2nd' }],
    },
  ]);
});

test('a text may be in one language, or plain; title and description of the standard are texts too', async () => {
  const [age, ...others] = fields;
  const hearth = { target: 'survived', outcome: { 'pt-BR': 'sobreviver' }, limits: ['One ship.'] };
  const package_ = { name: 'Titanic 1912!', title: 'Titanic', hearth };
  const told = { ...age, title: 'Age', description: 'In years.', hearth: { label: { 'pt-BR': 'Idade' } } };
  expect(await described(package_, [told, ...others])).toMatchObject({
    name: 'titanic-1912',
    title: { en: 'Titanic' },
    outcome: { 'pt-BR': 'sobreviver' },
    limits: [{ en: 'One ship.' }],
    columns: [{ label: { 'pt-BR': 'Idade' }, description: { en: 'In years.' } }, {}],
    data: { name: 'Titanic 1912!' },
  });
});

test('sources, contributors and the licence are taken as far as they are known', async () => {
  const { data } = await described({
    sources: [{ path: 'https://example.org/t' }, { title: 'Encyclopedia Titanica' }, {}],
    contributors: [{ givenName: 'Ada', familyName: 'Byron' }, { organization: 'White Star' }],
    licenses: [{ path: 'https://example.org/l' }],
  });
  expect(data).toMatchObject({
    sources: [
      { title: 'https://example.org/t', path: 'https://example.org/t' },
      { title: 'Encyclopedia Titanica' },
    ],
    contributors: ['Ada Byron', 'White Star'],
    licence: { name: 'https://example.org/l', path: 'https://example.org/l' },
  });
});
