import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { inputError } from '../errors.ts';
import { readJson } from './files.ts';

const Texts = v.strictObject({ en: v.string(), 'pt-BR': v.string() });

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
export type Field = v.InferOutput<typeof Field>;

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
          missingValues: v.optional(v.array(v.string()), ['']),
        }),
      }),
    ),
    v.length(1),
  ),
  hearth: v.strictObject({
    model: v.string(),
    target: v.string(),
    title: Texts,
    outcome: Texts,
    population: Texts,
    intendedUse: Texts,
    notIntendedUse: Texts,
    groups: v.array(v.strictObject({ name: v.string(), label: Texts })),
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
  missingValues: string[];
}

/** Reads datapackage.json. @throws InputError naming what is missing in it. */
export async function readPackage(path: string): Promise<DataPackage> {
  const descriptor = await readJson(path, Descriptor, 'BAD_PACKAGE');
  const folder = dirname(path);
  const [{ schema, path: csv }] = descriptor.resources;
  const target = schema.fields.find(({ name }) => name === descriptor.hearth.target);
  if (!target) {
    throw inputError('BAD_PACKAGE', path, 'hearth.target', `there is no field "${descriptor.hearth.target}"`);
  }
  const inputs = schema.fields.filter((field) => field !== target);
  for (const field of inputs) assertDescribed(path, field);
  return {
    path,
    folder,
    descriptor,
    csv: join(folder, csv),
    inputs,
    target,
    missingValues: schema.missingValues,
  };
}

function assertDescribed(path: string, { name, type, constraints, hearth }: Field): void {
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
}
