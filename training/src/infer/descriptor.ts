import { basename, extname } from 'node:path';
import type { SamplingColumns } from '../sampling/columns.ts';
import { relativePlace } from '../sources/index.ts';
import type { Inferred, InferredColumn } from './infer.ts';

type Json = Record<string, unknown>;

/** A data package with only what cannot be inferred again. */
export interface ShortDescriptor {
  name: string;
  resources: [
    { name: string; path: string; encoding?: string; description?: string; schema: { fields: Json[] } },
  ];
  hearth: {
    model: string;
    target: string;
    positive?: string;
    quantiles?: readonly number[];
  } & SamplingColumns;
}

/**
 * The data package of a table.
 * @param file the table
 * @param folder where the data package is
 * @param encoding of the table, if the user named it
 */
export function describeInferred(
  { columns, target }: Inferred,
  file: string,
  folder: string,
  {
    encoding,
    quantiles,
    sampling = {},
  }: { encoding?: string; quantiles?: readonly number[]; sampling?: SamplingColumns } = {},
): ShortDescriptor {
  const name = modelNameOf(file);
  const leftOut = columns.flatMap(({ name: column, leftOut }) =>
    leftOut ? [`${column} (${leftOut.why})`] : [],
  );
  const fields = [...columns.filter((column) => !column.leftOut), target].map(fieldOf);
  const resource = {
    name,
    path: relativePlace(folder, file),
    ...(encoding && { encoding }),
    ...(leftOut.length > 0 && { description: `Left out: ${leftOut.join('; ')}` }),
    schema: { fields },
  };
  return {
    name,
    resources: [resource],
    hearth: {
      model: name,
      target: target.name,
      ...(target.kind === 'binary' && { positive: target.positive }),
      ...(target.kind === 'count' && { counts: true }),
      ...(target.kind === 'numeric' && quantiles && { quantiles }),
      ...sampling,
    },
  };
}

const fieldOf = ({ name, type, takesFractions, format, groupChar, missing }: InferredColumn): Json => ({
  name,
  type: takesFractions ? 'number' : type,
  ...(format && { format }),
  ...(groupChar && { groupChar }),
  ...(missing.length > 0 && { missingValues: ['', ...missing] }),
});

/** The name of a model of a file or of a table in a database: small letters, digits and hyphens, and a letter first. */
export function modelNameOf(file: string): string {
  const table = /[?&]table=([^&]*)/.exec(file)?.[1];
  const stem = basename(file)
    .replace(/^sqlite:|\?.*$/gi, '')
    .replace(/\.gz$/i, '');
  const plain = [stem.slice(0, stem.length - extname(stem).length), decodeURIComponent(table ?? '')]
    .join('-')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63);
  return plain || 'table';
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
