import { dirname, join } from 'node:path';
import { modelTexts, Texts } from '@hearth/artifact';
import { type Delimiter, delimiters } from '@hearth/artifact/text-table';
import * as v from 'valibot';
import { inputError } from '../errors.ts';
import { chooseSampling } from '../sampling/choose.ts';
import { rolesIn, type SamplingColumns, samplingEntries } from '../sampling/columns.ts';
import { type Field, FieldSchema, MissingValues } from './field.ts';
import { fieldTypes } from './field-types.ts';
import { asShape, readJson } from './files.ts';
import { listed } from './listed.ts';
import { unsupported } from './supported.ts';
import { type TargetType, targetTypeOf } from './targets.ts';

const named = v.object({ title: v.string(), path: v.optional(v.string()) });

const Descriptor = v.object({
  name: v.string(),
  licenses: v.pipe(
    v.array(v.object({ name: v.string(), title: v.string(), path: v.string() })),
    v.minLength(1),
  ),
  sources: v.array(named),
  contributors: v.optional(v.array(named), []),
  resources: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        path: v.string(),
        dialect: v.nullish(v.object({ delimiter: v.nullish(v.picklist(delimiters)) })),
        schema: v.object({
          fields: v.array(FieldSchema),
          missingValues: v.optional(MissingValues, ['']),
        }),
      }),
    ),
    v.length(1),
  ),
  hearth: v.strictObject({
    model: v.string(),
    target: v.string(),
    /** Unit of a numeric target. */
    unit: v.optional(Texts),
    ...modelTexts,
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
  /** The table's file. */
  csv: string;
  /** What separates its cells, if the data package says so. */
  delimiter: Delimiter | undefined;
  /** The columns that a model can use: all fields except the target and those in `samplingFields`. */
  inputs: Field[];
  /** The columns that say how the rows came about, and the share in the population. */
  sampling?: SamplingColumns;
  samplingFields?: Field[];
  target: Field;
  kind: TargetType;
}

/** Reads datapackage.json. @throws InputError naming what is missing in it. */
export async function readPackage(path: string): Promise<DataPackage> {
  const json = await readJson(path, 'datapackage.json');
  const faults = unsupported(json).map(({ where, why }) => `${path}: ${where}: ${why}`);
  if (faults.length > 0) throw inputError('UNSUPPORTED', listed(faults));
  const descriptor = asShape(path, json, Descriptor, 'BAD_PACKAGE');
  const folder = dirname(path);
  const [{ schema, path: csv, dialect }] = descriptor.resources;
  const fields = schema.fields.map((field) => ({
    ...field,
    missingValues: field.missingValues ?? schema.missingValues,
  }));
  const found = fields.find(({ name }) => name === descriptor.hearth.target);
  if (!found) {
    throw inputError('BAD_PACKAGE', path, 'hearth.target', `there is no field "${descriptor.hearth.target}"`);
  }
  const target = { ...found, constraints: { ...found.constraints, required: true } };
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
    csv: join(folder, csv),
    delimiter: dialect?.delimiter ?? undefined,
    inputs: others,
    target,
    kind: targetType(path, target),
  };
  return chooseSampling(data, sampling);
}

function targetType(path: string, field: Field): TargetType {
  const type = targetTypeOf(field);
  if (type) return type;
  throw inputError(
    'BAD_PACKAGE',
    path,
    `field "${field.name}"`,
    'a target is an integer with constraints.enum [0, 1], or a number without constraints.enum',
  );
}

function assertSubgroups(path: string, inputs: readonly Field[], subgroups: readonly string[] = []): void {
  const unknown = subgroups.find((each) => !inputs.some(({ name }) => name === each));
  if (unknown !== undefined)
    throw inputError('BAD_PACKAGE', path, 'hearth.subgroups', `there is no input "${unknown}"`);
}

function assertDescribed(path: string, field: Field): void {
  const at = `field "${field.name}"`;
  if (!field.hearth)
    throw inputError('BAD_PACKAGE', path, at, 'has no "hearth" member with label, description and group');
  const fault = fieldTypes[field.type].fault(field);
  if (fault) throw inputError('BAD_PACKAGE', path, at, fault);
}
