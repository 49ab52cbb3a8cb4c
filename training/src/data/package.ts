import { dirname } from 'node:path';
import { didYouMean, modelTexts } from '@hearth/artifact';
import { Decision, thresholdOf } from '@hearth/artifact/decision';
import * as v from 'valibot';
import { InputError } from '../errors.ts';
import { samplingFaults } from '../sampling/choose.ts';
import { inputFields, rolesIn, type SamplingColumns, samplingEntries } from '../sampling/columns.ts';
import { resolvePlace, type SourceOptions } from '../sources/index.ts';
import { type Fault, faultLine } from './fault.ts';
import { type Field, FieldSchema, MissingValues } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import { readJson, shapeFault } from './files.ts';
import { resourceEntries, sourceOptions } from './resource.ts';
import { unsupported } from './supported.ts';
import { mostQuantiles } from './targets.ts';
import { Text } from './text.ts';

const text = v.nullish(v.string());
/** Of a source and a licence, the standard needs any of these. */
const Named = v.object({ name: text, title: text, path: text });
const Person = v.object({ title: text, givenName: text, familyName: text, organization: text });

/** A threshold, or the costs that give it, or both if they agree. */
const DeclaredDecision = v.pipe(
  v.strictObject({
    ...Decision.entries,
    threshold: v.optional(Decision.entries.threshold),
    label: v.optional(Text),
  }),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): Decision => {
    const { threshold, costs } = value;
    const byCosts = costs && thresholdOf(costs);
    if (threshold !== undefined && byCosts !== undefined && Math.abs(threshold - byCosts) > 1e-9) {
      addIssue({
        message: `the threshold is ${threshold}, but the costs give ${byCosts}; leave one of them out`,
      });
      return NEVER;
    }
    const decided = byCosts ?? threshold;
    if (decided !== undefined) return { ...value, threshold: decided };
    addIssue({ message: 'a decision has a threshold or costs' });
    return NEVER;
  }),
);

/** Each between 0 and 1, ascending. */
const Quantiles = v.pipe(
  v.array(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))),
  v.minLength(2, 'names one quantile; name at least two, such as 0.1, 0.5 and 0.9'),
  v.maxLength(mostQuantiles, `names more than ${mostQuantiles} quantiles`),
  v.check((all) => all.every((p, i) => i === 0 || p > all[i - 1]), 'are quantiles that do not ascend'),
);

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
    v.check(
      (tables) => tables.length === 1,
      ({ input }) => `has ${input.length} tables; a model is trained on one`,
    ),
  ),
  hearth: v.strictObject({
    /** Without it, the name of the data package. */
    model: v.optional(v.string()),
    target: v.string(),
    /** The value of a target of two values whose probability is predicted. */
    positive: v.optional(v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String))),
    /** Whether the target counts events: whole numbers from 0. */
    counts: v.optional(v.boolean()),
    /** The quantiles of a number to predict, instead of its mean. */
    quantiles: v.optional(Quantiles),
    /** Unit of a numeric target. */
    unit: v.optional(Text),
    /** The clock of its datetimes (IANA name); those with an offset are moved to it. */
    timeZone: v.optional(v.string()),
    ...modelTexts(Text),
    /** Columns whose groups are evaluated separately. */
    subgroups: v.optional(v.array(v.string())),
    decision: v.optional(DeclaredDecision),
    ...samplingEntries,
    /** The day by which somebody looks at the model again. */
    review: v.optional(v.pipe(v.string(), v.isoDate())),
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
  /** The columns that a model can use: all fields except the target and those that only say how the rows came about. */
  inputs: Field[];
  /** The columns that say how the rows came about, and the share in the population. */
  sampling?: SamplingColumns;
  samplingFields?: Field[];
  target: Field;
}

/** Reads datapackage.json. @throws InputError naming everything that is wrong in it */
export const readPackage = async (path: string): Promise<DataPackage> =>
  faultless(draftPackage(path, await readJson(path, 'datapackage.json')));

/** A data package as far as it can be read, and what is wrong in it. */
export interface PackageDraft {
  /** Without the fields that cannot become columns; undefined if nothing can be made of the package. */
  data?: DataPackage;
  faults: Fault[];
}

/** @throws InputError BAD_PACKAGE if there are faults */
export function faultless({ data, faults }: PackageDraft): DataPackage {
  if (faults.length > 0 || !data) throw new InputError('BAD_PACKAGE', [...new Set(faults.map(faultLine))]);
  return data;
}

/** Reads as much of a data package as can be, so that all of its faults are known at once. */
export function draftPackage(path: string, json: unknown): PackageDraft {
  const refused = unsupported(json);
  const result = v.safeParse(Descriptor, json);
  const malformed = result.success
    ? []
    : result.issues
        .map(shapeFault)
        .map(({ at, why }) => ({ ...placeIn(json, at), text: why }))
        .filter(({ place }) => !refused.some((each) => place.startsWith(each.place)));
  const faults = inFile(path, [...refused, ...malformed]);
  const usable = result.success ? result : v.safeParse(Descriptor, withoutMembers(json, result.issues));
  if (!usable.success) return { faults };
  const { data, faults: others } = assemble(path, usable.output);
  return { data, faults: [...faults, ...inFile(path, others)] };
}

const inFile = (path: string, faults: readonly Fault[]): Fault[] =>
  faults.map((fault) => ({ ...fault, place: `${path}: ${fault.place}` }));

/** A copy without the members that a schema refuses: what is left may have other faults. */
function withoutMembers(json: unknown, issues: readonly v.BaseIssue<unknown>[]): unknown {
  const copy = structuredClone(json);
  for (const { at } of issues.map(shapeFault)) {
    const owner = at.slice(0, -1).reduce<unknown>((value, key) => Object(value)[key], copy);
    if (Array.isArray(owner)) continue;
    // a field stays, so that what names it is no fault
    if (at.includes('fields') && at.at(-1) === 'type') Reflect.set(Object(owner), 'type', 'string');
    else Reflect.deleteProperty(Object(owner), at.at(-1) ?? '');
  }
  return copy;
}

/** A place in a data package: fields by their names. */
function placeIn(json: unknown, at: readonly (string | number)[]): Omit<Fault, 'text'> {
  const [resources, resource, schema, fields, field, ...rest] = at;
  if (resources !== 'resources' || schema !== 'schema' || fields !== 'fields' || field === undefined)
    return { place: at.join('.') || 'as a whole' };
  const { name } = v.parse(Fields, json).resources[Number(resource)].schema.fields[Number(field)];
  if (typeof name !== 'string') return { place: at.join('.') };
  return { place: [`field "${name}"`, rest.join('.')].filter(Boolean).join(', '), field: name };
}

/** What is enough to name the fields. */
const Fields = v.object({
  resources: v.array(v.object({ schema: v.object({ fields: v.array(v.object({ name: v.unknown() })) }) })),
});

function assemble(path: string, descriptor: v.InferOutput<typeof Descriptor>) {
  const folder = dirname(path);
  const [resource] = descriptor.resources;
  const { schema, path: csv } = resource;
  const timeZone = descriptor.hearth.timeZone ?? 'UTC';
  const fields = schema.fields.map((field) => ({
    ...field,
    missingValues: field.missingValues ?? schema.missingValues,
    timeZone,
  }));
  const { target: name, subgroups = [], count, weight, group, time, exposure, prior } = descriptor.hearth;
  const sampling = { count, weight, group, time, exposure, prior };
  const roles = rolesIn(sampling);
  const found = fields.find((field) => field.name === name);
  const samplingFields = fields.filter((field) => roles.some(([, column]) => column === field.name));
  const inputs = inputFields(
    fields.filter((field) => field !== found),
    sampling,
  );
  const faulty = new Map(
    inputs.flatMap((field) => {
      const fault = fieldTypeOf(field).fault(field);
      return fault === undefined ? [] : [[field, fault] as const];
    }),
  );
  const names = inputs.map((field) => field.name);
  const faults: Fault[] = [
    ...(found
      ? []
      : [
          {
            place: 'hearth.target',
            field: name,
            text: `there is no field "${name}"${didYouMean(name, names)}`,
          },
        ]),
    ...[...faulty].map(([field, text]) => ({
      place: `field "${field.name}"`,
      field: field.name,
      text,
    })),
    ...subgroups
      .filter((each) => !names.includes(each))
      .map((each) => ({
        place: 'hearth.subgroups',
        text: `there is no input "${each}"${didYouMean(each, names)}`,
      })),
    ...samplingFaults(
      sampling,
      fields.map((field) => field.name),
      name,
    ).map((fault) => ({ ...fault, place: `hearth.${fault.place}` })),
  ];
  const data: DataPackage = {
    path,
    folder,
    descriptor,
    csv: resolvePlace(folder, csv),
    source: sourceOptions(
      resource,
      fields.map((field) => field.name),
    ),
    inputs: inputs.filter((field) => !faulty.has(field)),
    sampling,
    samplingFields,
    target: found ?? { name, type: 'number', constraints: {}, missingValues: [], timeZone },
  };
  return { data, faults };
}
