import { expect, test } from 'vitest';
import { categoryField, linesOf, numberField, type Toy, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from './package.ts';
import { unsupported } from './supported.ts';

const toy = useToys();
const lines = linesOf(40, (i) => `${i % 8},a`);
const read = async (change: Partial<Toy>) =>
  readPackage(await toy({ fields: [numberField('x'), categoryField('c', ['a', 'b'])], lines, ...change }));
const field = (more: object) => ({ fields: [numberField('x', { ...more })] });

test.each<[string, Partial<Toy>, string]>([
  ['a delimiter of two', { resource: { dialect: { delimiter: '||' } } }, 'dialect.delimiter: "||" is not'],
  ['a header in another row', { resource: { dialect: { headerRows: [2] } } }, 'dialect.headerRows: [2]'],
  ['a quote of two', { resource: { dialect: { quoteChar: "''" } } }, 'dialect.quoteChar'],
  [
    'quotes that nothing escapes',
    { resource: { dialect: { doubleQuote: false } } },
    'dialect.doubleQuote: false is not supported; name an escapeChar instead',
  ],
  ['another end of a line', { resource: { dialect: { lineTerminator: '|' } } }, 'dialect.lineTerminator'],
  ['no sign of comments', { resource: { dialect: { commentChar: '' } } }, 'dialect.commentChar'],
  ['rows of comments', { resource: { dialect: { commentRows: [1] } } }, 'dialect.commentRows'],
  ['a sheet', { resource: { dialect: { sheetNumber: 2 } } }, 'dialect.sheetNumber'],
  ['a dialect of another tool', { resource: { dialect: { csv: {} } } }, 'dialect.csv'],
  [
    'a dialect in another file',
    { resource: { dialect: 'dialect.json' } },
    'resources.0.dialect: "dialect.json"',
  ],
  ['an unknown encoding', { resource: { encoding: 'cp437' } }, 'resources.0.encoding: "cp437"'],
  ['another format', { resource: { format: 'xlsx' } }, 'resources.0.format'],
  ['another media type', { resource: { mediatype: 'application/pdf' } }, 'resources.0.mediatype'],
  [
    'an unknown encoding by the media type',
    { resource: { mediatype: 'text/csv; charset=cp437' } },
    'mediatype',
  ],
  ['another compression', { resource: { compression: 'zip' } }, 'resources.0.compression'],
  ['rows in the package', { resource: { data: [] } }, 'resources.0.data'],
  ['more files', { resource: { extrapaths: ['u.csv'] } }, 'resources.0.extrapaths'],
  ['another decimal sign', field({ decimalChar: '·' }), 'field "x", decimalChar: "·"'],
  ['an unusual separator of thousands', field({ groupChar: '_' }), 'field "x", groupChar: "_"'],
  ['numbers with currency signs', field({ bareNumber: false }), 'field "x", bareNumber'],
  ['a format of numbers', field({ format: 'currency' }), 'field "x", format'],
  ['a time', field({ type: 'time' }), 'field "x", type: "time" is not supported; a column is an integer'],
  ['a duration', field({ type: 'duration' }), 'field "x", type: "duration"'],
  ['any date', field({ type: 'date', format: 'any' }), 'format: "any" is not supported; write the form'],
  ['a date in words', field({ type: 'date', format: '%d %B %Y' }), 'has %B; known are %Y, %m, %d'],
  ['categories of a number', field({ type: 'number', categories: [1, 2] }), 'field "x", categories'],
  ['limits of a boolean', field({ type: 'boolean' }), 'field "x", constraints.minimum: is not supported'],
  [
    'categories that are not those of the enum',
    { fields: [categoryField('c', ['a', 'b'], { categories: ['b', 'a'] })] },
    'field "c": constraints.enum and categories must name the same values in the same order',
  ],
  [
    'categories that the limits of an integer exclude',
    field({ constraints: { maximum: 1 }, categories: [0, 1, 2] }),
    'field "x": categories has 2, which the constraints do not allow',
  ],
  [
    'a limit that is no date',
    field({ type: 'date', constraints: { minimum: '1/1/2020' } }),
    'field "x": constraints has the limit "1/1/2020", which is not a date such as 2024-02-29',
  ],
  [
    'a limit that is not allowed itself',
    field({ constraints: { minimum: 0, maximum: 9, exclusiveMaximum: 9 } }),
    'field "x", constraints.exclusiveMaximum: is not supported; the type integer takes',
  ],
  [
    'a pattern',
    { fields: [categoryField('c', ['a'], { constraints: { enum: ['a'], pattern: '[a-z]' } })] },
    'field "c", constraints.pattern',
  ],
  [
    'a typo',
    field({ decimalchar: ',' }),
    'field "x", decimalchar: is not known; did you mean "decimalChar"?',
  ],
  ['a typo in the schema', { schema: { missing_values: ['9'] } }, 'did you mean "missingValues"?'],
  ['a code too long', { schema: { missingValues: ['x'.repeat(101)] } }, 'resources.0.schema.missingValues'],
  [
    'a category that is also a code for a missing value',
    { schema: { missingValues: ['', 'a'] } },
    'field "c": "a" is both in constraints.enum and in missingValues',
  ],
  [
    'a value of the list beyond the limits',
    field({ constraints: { minimum: 0, maximum: 5, enum: [1, 7] } }),
    'field "x": constraints.enum has 7, which the field does not allow',
  ],
  [
    'text in a list of numbers',
    field({ constraints: { minimum: 0, maximum: 5, enum: ['1'] } }),
    'constraints.enum has "1"',
  ],
])('%s is refused by name', async (_, change, message) => {
  await expect(read(change)).rejects.toThrow(message);
});

test('all unsupported properties are named at once, one per line', async () => {
  const change = { ...field({ decimalChar: '·', type: 'list' }), resource: { encoding: 'cp437' } };
  const error = await read(change).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error.message.split('\n')).toEqual([
    expect.stringMatching(/datapackage\.json: resources\.0\.encoding: "cp437" is not supported; encodings/),
    expect.stringMatching(/datapackage\.json: field "x", type: "list" is not supported; a column is/),
    expect.stringMatching(/datapackage\.json: field "x", decimalChar: "·" is not supported; write/),
  ]);
});

test('properties that describe, that state a default, or that are custom are ignored', async () => {
  const data = await read({
    fields: [
      numberField('x', {
        title: 'x',
        rdfType: 'https://example.org/x',
        format: 'default',
        decimalChar: '.',
        bareNumber: true,
        groupChar: null,
        examples: [1],
        'x-source': 'a',
        constraints: { minimum: 0, maximum: 10, unique: false, required: false },
      }),
      categoryField('c', ['a', 'b'], { format: 'uri', trueValues: ['a'] }),
    ],
    schema: { primaryKey: 'x', foreignKeys: [], uniqueKeys: [], fieldsMatch: 'exact', notes: '' },
    resource: {
      title: 't',
      type: 'table',
      profile: 'tabular-data-resource',
      format: 'csv',
      mediatype: 'text/csv; charset=utf-8',
      encoding: 'UTF-8',
      bytes: 1,
      hash: 'abc',
      dialect: {
        $schema: 'https://datapackage.org/profiles/2.0/tabledialect.json',
        csvddfVersion: 1.2,
        delimiter: ',',
        lineTerminator: '\r\n',
        quoteChar: '"',
        doubleQuote: true,
        skipInitialSpace: true,
        header: true,
        headerRows: [1],
        caseSensitiveHeader: false,
      },
    },
  });
  expect(data.inputs.map(({ name }) => name)).toEqual(['x', 'c']);
});

test.each([null, 1, [], {}, { resources: 1 }, { resources: [null, { schema: 1 }] }])(
  'nothing in %j is refused: other checks say what is wrong with it',
  (descriptor) => {
    expect(unsupported(descriptor)).toEqual([]);
  },
);
