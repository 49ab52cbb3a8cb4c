import { dirname, join } from 'node:path';
import { modelTexts } from '@hearth/artifact';
import * as v from 'valibot';
import { inputError } from '../errors.ts';
import { chooseSampling } from '../sampling/choose.ts';
import { rolesIn, type SamplingColumns, samplingEntries } from '../sampling/columns.ts';
import { isAddress, type SourceOptions } from '../sources/index.ts';
import { type Field, FieldSchema, MissingValues } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import { asShape, readJson } from './files.ts';
import { listed } from './listed.ts';
import { resourceEntries, sourceOptions } from './resource.ts';
import { unsupported } from './supported.ts';
import { Text } from './text.ts';

const text = v.nullish(v.string());
/** Of a source and a licence, the standard needs any of these. */
const Named = v.object({ name: text, title: text, path: text });
const Person = v.object({ title: text, givenName: text, familyName: text, organization: text });

const Descriptor = v.object({
  name: text,
  title: text,
  licenses: v.nullish(v.array(Named), []),
  sources: v.nullish(v.array(Named), []),
  contributors: v.nullish(v.array(Person), []),
  resources: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        path: v.string(),
        ...resourceEntries,
        schema: v.object({
          fields: v.array(FieldSchema),
          missingValues: v.optional(MissingValues, ['']),
        }),
      }),
    ),
    v.length(1),
  ),
  hearth: v.strictObject({
    /** Without it, the name of the data package. */
    model: v.optional(v.string()),
    target: v.string(),
    /** The value of a target of two values whose probability is predicted. */
    positive: v.optional(v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String))),
    /** Unit of a numeric target. */
    unit: v.optional(Text),
    /** The clock of its datetimes (IANA name); those with an offset are moved to it. */
    timeZone: v.optional(v.string()),
    ...modelTexts(Text),
    /** Columns whose groups are evaluated separately. */
    subgroups: v.optional(v.array(v.string())),
    ...samplingEntries,
  }),
});

/** A Frictionless Data Package (https://datapackage.org) with one table, and its place. */
export interface DataPackage {
  path: string;
  folder: string;
  descriptor: v.InferOutput<typeof Descriptor>;
  /** The table's file, folder of parts, or address of a database. */
  csv: string;
  /** How it is read, as far as the data package says so. */
  source: SourceOptions;
  /** The columns that a model can use: all fields except the target and those in `samplingFields`. */
  inputs: Field[];
  /** The columns that say how the rows came about, and the share in the population. */
  sampling?: SamplingColumns;
  samplingFields?: Field[];
  target: Field;
}

/** Reads datapackage.json. @throws InputError naming what is missing in it. */
export const readPackage = async (path: string): Promise<DataPackage> =>
  packageOf(path, await readJson(path, 'datapackage.json'));

/** The data package that a JSON value describes. @param path of its file. @throws InputError naming what is missing in it */
export function packageOf(path: string, json: unknown): DataPackage {
  const faults = unsupported(json).map(({ where, why }) => `${path}: ${where}: ${why}`);
  if (faults.length > 0) throw inputError('UNSUPPORTED', listed(faults));
  const descriptor = asShape(path, json, Descriptor, 'BAD_PACKAGE');
  const folder = dirname(path);
  const [resource] = descriptor.resources;
  const { schema, path: csv } = resource;
  const fields = schema.fields.map((field) => ({
    ...field,
    missingValues: field.missingValues ?? schema.missingValues,
    timeZone: descriptor.hearth.timeZone ?? 'UTC',
  }));
  const found = fields.find(({ name }) => name === descriptor.hearth.target);
  if (!found) {
    throw inputError('BAD_PACKAGE', path, 'hearth.target', `there is no field "${descriptor.hearth.target}"`);
  }
  const { count, weight, group, time, prior } = descriptor.hearth;
  const sampling = { count, weight, group, time, prior };
  const others = fields.filter((field) => field !== found);
  const inputs = others.filter(({ name }) => !rolesIn(sampling).some(([, column]) => column === name));
  for (const field of inputs) assertDescribed(path, field);
  assertSubgroups(path, inputs, descriptor.hearth.subgroups);
  const data: DataPackage = {
    path,
    folder,
    descriptor,
    csv: isAddress(csv) ? csv : join(folder, csv),
    source: sourceOptions(
      resource,
      fields.map(({ name }) => name),
    ),
    inputs: others,
    target: found,
  };
  return chooseSampling(data, sampling);
}

function assertSubgroups(path: string, inputs: readonly Field[], subgroups: readonly string[] = []): void {
  const unknown = subgroups.find((each) => !inputs.some(({ name }) => name === each));
  if (unknown !== undefined)
    throw inputError('BAD_PACKAGE', path, 'hearth.subgroups', `there is no input "${unknown}"`);
}

function assertDescribed(path: string, field: Field): void {
  const at = `field "${field.name}"`;
  const fault = fieldTypeOf(field).fault(field);
  if (fault) throw inputError('BAD_PACKAGE', path, at, fault);
}
