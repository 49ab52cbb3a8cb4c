import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/random.ts';

const texts = (en: string) => ({ en, 'pt-BR': en });
const hearth = (name: string) => ({ label: texts(name), description: texts(`${name}.`), group: 'g' });

interface ToyField {
  name: string;
  type: string;
  example?: unknown;
  constraints: Record<string, unknown>;
  hearth: ReturnType<typeof hearth> & { categories?: { value: string; label: ReturnType<typeof texts> }[] };
}

/** A category field of a toy package. */
export const categoryField = (name: string, values: readonly string[]): ToyField => ({
  name,
  type: 'string',
  constraints: { enum: values },
  hearth: { ...hearth(name), categories: values.map((value) => ({ value, label: texts(value) })) },
});

/** A data package of 60 rows: a whole number x, a category c, and the target y, which x decides most of the time. */
export function toyPackage() {
  const x: ToyField = {
    name: 'x',
    type: 'integer',
    constraints: { minimum: 0, maximum: 100 },
    hearth: hearth('x'),
  };
  const y: { name: string; type: string; constraints: Record<string, unknown> } = {
    name: 'y',
    type: 'integer',
    constraints: { enum: [0, 1] },
  };
  const random = createRandom(7);
  const rows = Array.from({ length: 60 }, () => {
    const given = random.below(101);
    return [String(given), 'abc'[random.below(3)], given / 100 > random.uniform() ? '1' : '0'];
  });
  return {
    descriptor: {
      name: 'toy',
      licenses: [
        { name: 'CC0-1.0', title: 'CC0', path: 'https://creativecommons.org/publicdomain/zero/1.0/' },
      ],
      sources: [{ title: 'made up' }],
      resources: [
        {
          name: 't',
          path: 't.csv',
          schema: { fields: [x, categoryField('c', ['a', 'b', 'c']), y] as object[] },
        },
      ],
      hearth: {
        model: 'toy',
        target: 'y',
        title: texts('Toy'),
        outcome: texts('it'),
        population: texts('Rows.'),
        intendedUse: texts('Tests.'),
        notIntendedUse: texts('Anything else.'),
        groups: [{ name: 'g', label: texts('G') }],
      },
    },
    fields: { x, y },
    /** Cells, [rows][columns]. */
    header: ['x', 'c', 'y'],
    rows,
  };
}
export type Toy = ReturnType<typeof toyPackage>;

/** Writes a toy package, changed, to a folder of its own. */
export async function writeToy(change: (toy: Toy) => void = () => {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-toy-'));
  const toy = toyPackage();
  change(toy);
  const data = join(folder, 'datapackage.json');
  const endless = (_: string, value: unknown) => (value === Infinity ? '1e999' : value);
  await writeFile(data, JSON.stringify(toy.descriptor, endless).replaceAll('"1e999"', '1e999'));
  const lines = [toy.header, ...toy.rows].map((cells) => cells.join(','));
  await writeFile(join(folder, 't.csv'), `${lines.join('\n')}\n`);
  return { folder, data, remove: () => rm(folder, { recursive: true }) };
}
