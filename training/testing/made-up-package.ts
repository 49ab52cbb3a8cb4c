import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createRandom } from '../src/random.ts';

type Json = Record<string, unknown>;

const both = (text: string) => ({ en: text, 'pt-BR': text });
const described = (name: string, more: Json = {}): Json => ({
  label: both(name),
  description: both(`${name}.`),
  group: 'all',
  ...more,
});

/** An integer field from 0 to 10. */
export const numberField = (name: string, more: Json = {}) => ({
  name,
  type: 'integer',
  constraints: { minimum: 0, maximum: 10 } as Json,
  hearth: described(name),
  ...more,
});

/** A field with these categories. */
export const categoryField = (name: string, values: string[], more: Json = {}) => ({
  name,
  type: 'string',
  constraints: { enum: values } as Json,
  hearth: described(name, { categories: values.map((value) => ({ value, label: both(value) })) }),
  ...more,
});

const targetField = () => ({ name: 'y', type: 'integer', constraints: { enum: [0, 1] } as Json });

const descriptorOf = (fields: object[]) => ({
  name: 'toy',
  licenses: [{ name: 'CC0-1.0', title: 'CC0', path: 'https://creativecommons.org/publicdomain/zero/1.0/' }],
  sources: [{ title: 'made up' }],
  resources: [{ name: 't', path: 't.csv', schema: { fields } }],
  hearth: {
    model: 'toy',
    target: 'y',
    title: both('Toy'),
    outcome: both('it'),
    population: both('Rows.'),
    intendedUse: both('Tests.'),
    notIntendedUse: both('Anything else.'),
    groups: [{ name: 'all', label: both('All') }],
  },
});

/** Writes a data package to a new folder. */
async function writePackage(descriptor: object, lines: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-toy-'));
  const data = join(folder, 'datapackage.json');
  // JSON.stringify writes Infinity as null; 1e999 is a number that is read as Infinity
  const infinite = (_: string, value: unknown) => (value === Infinity ? '1e999' : value);
  await writeFile(data, JSON.stringify(descriptor, infinite).replaceAll('"1e999"', '1e999'));
  await writeFile(join(folder, 't.csv'), `${lines.join('\n')}\n`);
  return { folder, data, remove: () => rm(folder, { recursive: true }) };
}

export interface Toy {
  fields: Json[];
  /** Lines of the table without its header; the target `y` is last. */
  lines: string[];
  header?: string;
  /** More members of the resource and of its schema. */
  resource?: Json;
  schema?: Json;
  /** Members of the target's field, instead of 0 and 1; and the value whose probability is predicted. */
  target?: Json;
  positive?: unknown;
  /** More members of `hearth`. */
  hearth?: Json;
}

/** Writes a made-up data package with a target `y` of 0 or 1 to a new folder. */
export function writeTable({ fields, lines, header, resource, schema, target, positive, hearth }: Toy) {
  const all = [...fields, target ? { name: 'y', ...target } : targetField()];
  const descriptor = descriptorOf(all);
  Object.assign(descriptor.resources[0].schema, schema);
  Object.assign(descriptor.resources[0], resource);
  Object.assign(descriptor.hearth, positive !== undefined && { positive }, hearth);
  return writePackage(descriptor, [header ?? all.map(({ name }) => name).join(','), ...lines]);
}

/** Writes such data packages, and removes each after its test. @returns their paths */
export function useToys(): (toy: Toy) => Promise<string> {
  const written: { remove(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const { remove } of written.splice(0)) await remove();
  });
  return async (toy) => {
    const table = await writeTable(toy);
    written.push(table);
    return table.data;
  };
}

/** This number of lines, each made from its index; the target alternates. */
export const linesOf = (count: number, cells: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => `${cells(i)},${i % 2}`);

/** A data package with 60 rows: an integer x, a category c, and the target y, which depends on x. */
function toyDraft() {
  const fields = { x: numberField('x', { constraints: { minimum: 0, maximum: 100 } }), y: targetField() };
  const random = createRandom(7);
  const rows = Array.from({ length: 60 }, () => {
    const x = random.below(101);
    return [String(x), 'abc'[random.below(3)], x / 100 > random.uniform() ? '1' : '0'];
  });
  return {
    descriptor: descriptorOf([fields.x, categoryField('c', ['a', 'b', 'c']), fields.y]),
    fields,
    /** Cells; [columns] and [rows][columns]. */
    header: ['x', 'c', 'y'],
    rows,
  };
}
export type ToyDraft = ReturnType<typeof toyDraft>;

/** Writes a data package with 60 rows, changed, to a new folder. */
export function writeToy(change: (toy: ToyDraft) => void = () => {}) {
  const toy = toyDraft();
  change(toy);
  return writePackage(
    toy.descriptor,
    [toy.header, ...toy.rows].map((cells) => cells.join(',')),
  );
}
