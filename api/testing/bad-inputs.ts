/** A table of 40 rows, with changes. */
const table = (change: (lines: string[]) => void = () => {}): string => {
  const lines = Array.from({ length: 40 }, (_, i) => `${i % 13},${'abc'[i % 3]},${i % 4 ? 'no' : 'yes'}`);
  const all = ['x,c,y', ...lines];
  change(all);
  return `${all.join('\n')}\n`;
};
const line = (at: number, text: string) => table((lines) => void lines.splice(at - 1, 1, text));
const targets = (value: (i: number) => string) =>
  table((lines) => {
    for (let i = 1; i < lines.length; i++) lines[i] = lines[i].replace(/[^,]*$/, value(i));
  });

/** What a user gives to `hearth init t.csv --target y`, if nothing else is said. */
export const badFiles: [what: string, content: string | Uint8Array, options?: string[]][] = [
  ['an empty file', ''],
  ['a header alone', 'x,c,y\n'],
  ['a row with a cell too many', line(7, '1,a,no,4')],
  ['a row with a cell too few', line(7, '1,no')],
  ['quotes that do not pair up', line(7, '1,"a,no')],
  ['a column without a name', table((lines) => lines.splice(0, 1, 'x,,y'))],
  ['a column given twice', table((lines) => lines.splice(0, 1, 'x,x,y'))],
  ['bytes of no text', Uint8Array.from([0xff, 0xfe, 0x00, 0xd8, 0x0a, 0x00])],
  ['JSON that is not complete', '[{"x": 1, "y": "no"},'],
  ['another name of the target', table(), ['--target', 'Y']],
  ['a target that is far from all names', table(), ['--target', 'temperature']],
  ['a positive value of other case', table(), ['--positive', 'Yes']],
  ['a positive value of a number', table(), ['--target', 'x', '--positive', '1']],
  ['a column to leave out that is none', table(), ['--leave-out', 'c,d']],
  ['the target left out', table(), ['--leave-out', 'y']],
  ['every column left out', table(), ['--leave-out', 'x,c']],
  ['a target of one value', targets(() => 'no')],
  ['a target without values', targets(() => 'NA')],
  ['a target of dates', targets((i) => `2024-01-${10 + (i % 20)}`)],
  ['a target of one word for each row', targets((i) => `w${i}`)],
  ['a class of one row', targets((i) => (i === 5 ? 'maybe' : i % 2 ? 'yes' : 'no'))],
  ['three rows of a class', targets((i) => (i < 4 ? 'yes' : 'no'))],
  ['a target beyond float64', targets((i) => (i === 5 ? '1e999' : String(i)))],
  ['a target that is too large', targets((i) => (i === 5 ? '1e60' : String(i)))],
  ['twenty rows', table((lines) => lines.splice(21))],
  [
    'names, a target, cells and sizes at once',
    [
      'x,note,y',
      ...Array.from({ length: 25 }, (_, i) => `${i},${i % 2 ? '\u0007' : 'ok'},${i % 3}x${i}`),
    ].join('\n'),
    ['--leave-out', 'd,e', '--group', 'g'],
  ],
  ['a status with a time', table((lines) => lines.splice(0, 1, 'time,c,status')), ['--target', 'status']],
];

type Json = Record<string, unknown>;
interface Package extends Json {
  resources: Json[];
  hearth: Json;
}
const fieldsOf = ({ resources: [{ schema }] }: Package) => (schema as { fields: Json[] }).fields;

/** What is wrong in the data package of that table, before `hearth train --data datapackage.json`. */
export const badPackages: [what: string, spoil: (descriptor: Package) => void, content?: string][] = [
  ['no target', ({ hearth }) => delete hearth.target],
  ['a target that is no field', ({ hearth }) => Object.assign(hearth, { target: 'z' })],
  ['a bad name of the model', ({ hearth }) => Object.assign(hearth, { model: 'My Model' })],
  ['a field twice', (all) => fieldsOf(all).push({ name: 'x', type: 'number' })],
  ['a group that is not described', (all) => Object.assign(fieldsOf(all)[0], { hearth: { group: 'g' } })],
  ['a member that is not known', ({ hearth }) => Object.assign(hearth, { tarjet: 'y' })],
  ['a type that is not supported', (all) => Object.assign(fieldsOf(all)[0], { type: 'duration' })],
  [
    'limits the wrong way round',
    (all) => Object.assign(fieldsOf(all)[0], { constraints: { minimum: 9, maximum: 1 } }),
  ],
  ['a typo', (all) => Object.assign(fieldsOf(all)[0], { missingvalues: ['9'] })],
  ['a subgroup of nothing', ({ hearth }) => Object.assign(hearth, { subgroups: ['sex'] })],
  ['two tables', ({ resources }) => resources.push({ ...resources[0] })],
  ['a file that does not exist', ({ resources }) => Object.assign(resources[0], { path: 'u.csv' })],
  ['fields that the table does not have', (all) => fieldsOf(all).push({ name: 'X', type: 'number' })],
  ['a language that is not known', ({ hearth }) => Object.assign(hearth, { title: { de: 'Titel' } })],
  [
    'eight faults at once',
    (all) => {
      Object.assign(all.hearth, { model: 'T', target: 'Y', subgroups: ['q'], groups: [{ name: 'g' }] });
      Object.assign(all.resources[0], { compression: 'zip' });
      Object.assign(fieldsOf(all)[0], { type: 'time', hearth: { group: 'h' } });
      fieldsOf(all).push({ name: 'c', type: 'number', hearth: { group: 'h' } });
    },
  ],
  ['a text among numbers', () => {}, line(7, 'seven,a,no')],
  [
    'a number that is not a category',
    (all) => Object.assign(fieldsOf(all)[1], { constraints: { enum: ['a', 'b'] } }),
  ],
  [
    'one of a thousand categories',
    (all) =>
      Object.assign(fieldsOf(all)[1], {
        constraints: { enum: Array.from({ length: 1000 }, (_, i) => `k${i}`) },
      }),
  ],
  ['a date of another form', (all) => Object.assign(fieldsOf(all)[0], { type: 'date' })],
  [
    'a required column with empty cells',
    (all) => Object.assign(fieldsOf(all)[0], { constraints: { required: true } }),
    line(7, ',a,no'),
  ],
  ['a positive value that no row has', ({ hearth }) => Object.assign(hearth, { positive: 'true' })],
  [
    'a number twice that is unique',
    (all) => Object.assign(fieldsOf(all)[0], { constraints: { unique: true } }),
  ],
  [
    'a weight of 0 and one that is missing',
    ({ hearth }) => Object.assign(hearth, { weight: 'x' }),
    table((lines) => lines.splice(5, 1, ',a,no')),
  ],
  [
    'faults of package, header, cells, weights and target at once',
    (all) => {
      Object.assign(all.hearth, { model: 'T', weight: 'w', positive: undefined });
      Object.assign(fieldsOf(all)[0], { constraints: { maximum: 9 } });
      fieldsOf(all).push({ name: 'z', type: 'number' }, { name: 'w', type: 'number' });
      fieldsOf(all).push({ name: 'v', type: 'number' }, { name: 'u', type: 'string' });
    },
    [
      'x,c,w,v,u,y',
      ...Array.from(
        { length: 40 },
        (_, i) => `${i % 13},${'abc'[i % 3]},${i % 20},${i === 7 ? '1e60' : 'v'.repeat(i % 2)},,no`,
      ),
      '',
    ].join('\n'),
  ],
];

export const badFlags: [what: string, args: string[]][] = [
  ['one fold', ['train', '--folds', '1']],
  ['no fold', ['train', '--folds', '0']],
  ['no repeat', ['train', '--repeats', '0']],
  ['an unknown learner', ['train', '--engine', 'xgboost']],
  ['a target without a file', ['train', '--target', 'y']],
  ['a file without a target', ['try', 't.csv']],
  ['a port that is none', ['try', 't.csv', '--target', 'y', '--port', '99999']],
  ['a file that does not exist', ['init', 'tt.csv', '--target', 'y', '--out', 'new']],
  ['a data package that does not exist', ['train', '--data', 'nothing.json']],
  ['an unknown command', ['trian']],
];

/** Bodies of POST /predict to the tiny model. */
export const badRequests: [what: string, body: string, type?: string][] = [
  ['JSON that is not complete', '{"age": 54'],
  ['a name that is no column', '{"agee": 54}'],
  ['a number as text', '{"age": "54"}'],
  ['a number beyond its limits', '{"age": 540}'],
  ['a category of other case', '{"sex": "Male"}'],
  ['a list instead of rows', '[1, 2]'],
  ['a CSV with a name that is no column', 'agee\n54\n', 'text/csv'],
  ['an unknown media type', 'age=54', 'application/x-www-form-urlencoded'],
];
