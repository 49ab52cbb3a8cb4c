import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';

type Json = Record<string, unknown>;

const both = (text: string) => ({ en: text, 'pt-BR': text });

/** A field that is a number, with whatever else a test says of it. */
export const numberField = (name: string, more: Json = {}): Json => ({
  name,
  type: 'integer',
  constraints: { minimum: 0, maximum: 10 },
  hearth: { label: both(name), description: both(name), group: 'all' },
  ...more,
});

/** A field of these categories. */
export const categoryField = (name: string, values: string[], more: Json = {}): Json => ({
  name,
  type: 'string',
  constraints: { enum: values },
  hearth: {
    label: both(name),
    description: both(name),
    group: 'all',
    categories: values.map((value) => ({ value, label: both(value) })),
  },
  ...more,
});

export interface Toy {
  fields: Json[];
  /** Lines of the table without its header, the target `y` last. */
  lines: string[];
  header?: string;
  /** More members of the resource, of its schema. */
  resource?: Json;
  schema?: Json;
}

/** Writes a made-up data package whose target `y` is 0 or 1, into a folder of its own. @returns the path of its datapackage.json */
export async function writeToy({ fields, lines, header, resource, schema }: Toy): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-toy-'));
  const target = { name: 'y', type: 'integer', constraints: { enum: [0, 1] } };
  const all = [...fields, target];
  const text = both('toy');
  const descriptor = {
    name: 'toy',
    licenses: [{ name: 'CC0-1.0', title: 'none', path: 'https://example.org/' }],
    sources: [],
    resources: [{ name: 't', path: 't.csv', schema: { fields: all, ...schema }, ...resource }],
    hearth: {
      model: 'toy',
      target: 'y',
      title: text,
      outcome: text,
      population: text,
      intendedUse: text,
      notIntendedUse: text,
      groups: [{ name: 'all', label: text }],
    },
  };
  const path = join(folder, 'datapackage.json');
  await writeFile(path, JSON.stringify(descriptor));
  const names = header ?? all.map(({ name }) => name).join(',');
  await writeFile(join(folder, 't.csv'), `${[names, ...lines].join('\n')}\n`);
  return path;
}

/** Writes them for tests. Each is removed after its test. */
export function useToys(): (toy: Toy) => Promise<string> {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });
  return async (toy) => {
    const path = await writeToy(toy);
    folders.push(dirname(path));
    return path;
  };
}

/** So many lines, each made from its number; the target follows. */
export const linesOf = (count: number, cells: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => `${cells(i)},${i % 2}`);
