import { dirname, join } from 'node:path';
import type { Manifest } from '@hearth/artifact';
import { modelTexts, Texts } from '@hearth/artifact';
import * as v from 'valibot';
import { inputError } from '../errors.ts';
import { asShape, readJson } from './files.ts';
import { listed } from './listed.ts';
import { unsupported } from './supported.ts';

/** Without the spaces around them, as cells are read. v2 gives a code a label as well. */
const MissingValues = v.pipe(
  v.array(v.union([v.string(), v.object({ value: v.string() })])),
  v.transform((values) => values.map((each) => (typeof each === 'string' ? each : each.value).trim())),
  v.array(v.pipe(v.string(), v.maxLength(100))),
  v.maxLength(1000),
);

const Field = v.object({
  name: v.string(),
  type: v.picklist(['integer', 'number', 'string']),
  example: v.optional(v.union([v.number(), v.string()])),
  constraints: v.optional(
    v.object({
      required: v.optional(v.boolean()),
      minimum: v.optional(v.number()),
      maximum: v.optional(v.number()),
      enum: v.optional(v.array(v.union([v.string(), v.number()]))),
    }),
    {},
  ),
  missingValues: v.optional(MissingValues),
  hearth: v.optional(
    v.strictObject({
      label: Texts,
      term: v.optional(Texts),
      description: Texts,
      group: v.string(),
      unit: v.optional(Texts),
      categories: v.optional(v.array(v.strictObject({ value: v.string(), label: Texts }))),
      monotone: v.optional(v.picklist(['increasing', 'decreasing'])),
    }),
  ),
});
/** One field of a Table Schema, with Hearth's texts. */
export interface Field extends v.InferOutput<typeof Field> {
  /** What stands in a cell for a value that is not known: the field's own, or those of the whole table. */
  missingValues: string[];
}

/** Binary: the model answers with the chance of 1; numeric: with the value itself. */
export type TargetType = Manifest['target']['type'];

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
        schema: v.object({
          fields: v.array(Field),
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
    /** Columns whose groups are evaluated apart. */
    subgroups: v.optional(v.array(v.string())),
  }),
});

/** A Frictionless Data Package (https://datapackage.org) with one table, and where it is. */
export interface DataPackage {
  path: string;
  folder: string;
  descriptor: v.InferOutput<typeof Descriptor>;
  /** The table's file. */
  csv: string;
  /** The columns a model can use: every field but the target. */
  inputs: Field[];
  target: Field;
  kind: TargetType;
}

/** Reads datapackage.json. @throws InputError naming what is missing in it. */
export async function readPackage(path: string): Promise<DataPackage> {
  const json = await readJson(path);
  const faults = unsupported(json).map(({ where, why }) => `${path}: ${where}: ${why}`);
  if (faults.length > 0) throw inputError('UNSUPPORTED', listed(faults));
  const descriptor = asShape(path, json, Descriptor, 'BAD_PACKAGE');
  const folder = dirname(path);
  const [{ schema, path: csv }] = descriptor.resources;
  const fields = schema.fields.map((field) => ({
    ...field,
    missingValues: field.missingValues ?? schema.missingValues,
  }));
  const found = fields.find(({ name }) => name === descriptor.hearth.target);
  if (!found) {
    throw inputError('BAD_PACKAGE', path, 'hearth.target', `there is no field "${descriptor.hearth.target}"`);
  }
  const target = { ...found, constraints: { ...found.constraints, required: true } };
  const inputs = fields.filter((field) => field !== found);
  for (const field of inputs) assertDescribed(path, field);
  assertSubgroups(path, inputs, descriptor.hearth.subgroups);
  return {
    path,
    folder,
    descriptor,
    csv: join(folder, csv),
    inputs,
    target,
    kind: targetKind(path, target),
  };
}

function targetKind(path: string, { name, type, constraints }: Field): TargetType {
  if (type !== 'string' && !constraints.enum) return 'numeric';
  if (type === 'integer' && constraints.enum?.toSorted().join() === '0,1') return 'binary';
  throw inputError(
    'BAD_PACKAGE',
    path,
    `field "${name}"`,
    'a target is an integer with constraints.enum [0, 1], or a number without constraints.enum',
  );
}

function assertSubgroups(path: string, inputs: readonly Field[], subgroups: readonly string[] = []): void {
  const unknown = subgroups.find((each) => !inputs.some(({ name }) => name === each));
  if (unknown !== undefined)
    throw inputError('BAD_PACKAGE', path, 'hearth.subgroups', `there is no input "${unknown}"`);
}

function assertDescribed(path: string, field: Field): void {
  const { name, type, constraints, hearth, missingValues } = field;
  const at = `field "${name}"`;
  if (!hearth)
    throw inputError('BAD_PACKAGE', path, at, 'has no "hearth" member with label, description and group');
  if (type === 'string') {
    const labelled = hearth.categories?.map(({ value }) => value) ?? [];
    const same = labelled.length > 0 && labelled.join('\n') === constraints.enum?.join('\n');
    if (!same)
      throw inputError(
        'BAD_PACKAGE',
        path,
        at,
        'constraints.enum and hearth.categories name the same values',
      );
  } else if (constraints.minimum === undefined || constraints.maximum === undefined) {
    throw inputError('BAD_PACKAGE', path, at, 'a number has constraints.minimum and constraints.maximum');
  }
  const wrong = constraints.enum?.find((value) => !fits(value, field));
  if (wrong !== undefined)
    throw inputError(
      'BAD_PACKAGE',
      path,
      at,
      `constraints.enum has ${JSON.stringify(wrong)}, which the field does not allow`,
    );
  const code = type === 'string' && constraints.enum?.find((value) => missingValues.includes(String(value)));
  if (code)
    throw inputError('BAD_PACKAGE', path, at, `"${code}" is both in constraints.enum and in missingValues`);
}

/** Whether a value of the list is one that the rest of the field allows. */
function fits(
  value: string | number,
  { type, constraints: { minimum = -Infinity, maximum = Infinity } }: Field,
) {
  if (typeof value === 'string') return type === 'string';
  return (
    value >= minimum &&
    value <= maximum &&
    (type === 'number' || (type === 'integer' && Number.isSafeInteger(value)))
  );
}
