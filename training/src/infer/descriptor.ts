import { basename, extname, relative, resolve } from 'node:path';
import type { SamplingColumns } from '../sampling/columns.ts';
import { isAddress, type SourceOptions } from '../sources/index.ts';
import type { Inferred, InferredColumn } from './infer.ts';

type Json = Record<string, unknown>;

/** A data package with only what cannot be inferred again. */
export interface ShortDescriptor {
  name: string;
  resources: [
    {
      name: string;
      path: string;
      description?: string;
      encoding?: string;
      dialect?: Pick<SourceOptions, 'delimiter' | 'table'>;
      schema: { fields: Json[] };
    },
  ];
  hearth: { model: string; target: string; positive?: string } & SamplingColumns;
}

/**
 * The data package of a table.
 * @param file the table
 * @param folder where the data package is
 * @param source how the file is read, as far as the user says so
 */
export function describeInferred(
  { columns, target }: Inferred,
  file: string,
  folder: string,
  source: SourceOptions = {},
  sampling: SamplingColumns = {},
): ShortDescriptor {
  const name = modelNameOf(file, source);
  const leftOut = columns.flatMap(({ name: column, leftOut }) =>
    leftOut ? [`${column} (${leftOut.why})`] : [],
  );
  const fields = [...columns.filter((column) => !column.leftOut), target].map(fieldOf);
  const resource = {
    name,
    path: pathFrom(folder, file, source),
    ...(leftOut.length > 0 && { description: `Left out: ${leftOut.join('; ')}` }),
    ...(source.encoding !== undefined && { encoding: source.encoding }),
    ...((source.delimiter ?? source.table) !== undefined && {
      dialect: {
        ...(source.delimiter !== undefined && { delimiter: source.delimiter }),
        ...(source.table !== undefined && { table: source.table }),
      },
    }),
    schema: { fields },
  };
  return {
    name,
    resources: [resource],
    hearth: {
      model: name,
      target: target.name,
      ...(target.kind === 'binary' && { positive: target.positive }),
      ...sampling,
    },
  };
}

/** A query is a part of an address; only that of a server or of a file by its whole path means the same in every folder. */
function pathFrom(folder: string, file: string, { query }: SourceOptions): string {
  const address = query === undefined || isAddress(file) ? file : `sqlite:${resolve(file)}`;
  if (query !== undefined)
    return `${address}${address.includes('?') ? '&' : '?'}query=${encodeURIComponent(query)}`;
  return isAddress(file) ? file : relative(folder, file).replaceAll('\\', '/');
}

const fieldOf = ({ name, type, format, groupChar, missing }: InferredColumn): Json => ({
  name,
  type,
  ...(format && { format }),
  ...(groupChar && { groupChar }),
  ...(missing.length > 0 && { missingValues: ['', ...missing] }),
});

/** The name of a model of a file or a table of a database: small letters, digits and hyphens, and a letter first. */
export function modelNameOf(file: string, { table }: SourceOptions = {}): string {
  const [path, search] = isAddress(file) ? file.split('?', 2) : [file];
  const name = table ?? new URLSearchParams(search).get('table') ?? stemOf(path);
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63);
  return plain || 'table';
}

function stemOf(path: string): string {
  const name = basename(path).replace(/\.gz$/i, '');
  return name.slice(0, name.length - extname(name).length);
}

/** The text of a data package: JSON with one line for each field. */
export function formatDescriptor(descriptor: ShortDescriptor): string {
  const [{ schema, ...resource }] = descriptor.resources;
  const fields = schema.fields.map((field) => `          ${oneLine(field)}`).join(',\n');
  const text = JSON.stringify(
    { ...descriptor, resources: [{ ...resource, schema: { fields: '\u0000' } }] },
    null,
    2,
  );
  return `${text.replace('"\\u0000"', `[\n${fields}\n        ]`)}\n`;
}

/** JSON with spaces, as people write it on one line. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${oneLine(each)}`);
  return `{ ${members.join(', ')} }`;
}
