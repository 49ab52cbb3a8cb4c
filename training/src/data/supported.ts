/*
 * The properties of Data Package (v1 and v2), Table Schema, Table Dialect (v2) and CSV Dialect (v1) of https://datapackage.org. One that
 * changes the meaning or the validity of cells is supported or refused by name. One that only describes is ignored, and so is a custom
 * property, which the standards allow except in a dialect and in constraints.
 */

import { encodingName } from '../sources/index.ts';
import type { Fault } from './fault.ts';
import { type Field, fieldTypeNames, groupSigns } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import { charsetOf, formatOf } from './resource.ts';

type Json = Readonly<Record<string, unknown>>;
/** Returns why a value of a property is refused; undefined if it is not. */
type Rule = (value: unknown) => string | undefined;
type Rules = Readonly<Record<string, Rule>>;

const refused = (advice: string): Rule => {
  return () => `is not supported; ${advice}`;
};
const only = (advice: string, ...allowed: unknown[]): Rule => {
  const known = allowed.map((value) => JSON.stringify(value));
  return (value) =>
    known.includes(JSON.stringify(value)) ? undefined : `${shown(value)} is not supported; ${advice}`;
};
const fitting = (advice: string, fits: (text: string) => boolean): Rule => {
  return (value) =>
    typeof value === 'string' && fits(value) ? undefined : `${shown(value)} is not supported; ${advice}`;
};

const ignoring = (names: readonly string[]): Rules =>
  Object.fromEntries(names.map((name) => [name, () => undefined]));
const refusing = (names: readonly string[], advice: string): Rules =>
  Object.fromEntries(names.map((name) => [name, refused(advice)]));

const plainTable =
  'write the table with a header, commas, semicolons or tabs between cells, and quotes doubled inside quotes (RFC 4180)';
const known = 'formats are csv, tsv, json, jsonl, parquet, sqlite and postgres';
const encodings = 'encodings are those of web pages, such as utf-8, utf-16, windows-1252 and latin1';

/** As in `text/csv; charset=utf-8; header=present`. */
function isMediaType(text: string): boolean {
  const [type, ...parameters] = text.split(';');
  const charset = charsetOf(text);
  return (
    formatOf(type) !== undefined &&
    parameters.every((each) => /^\s*(charset="?[^"]+"?|header="?present"?)\s*$/i.test(each)) &&
    (charset === undefined || encodingName(charset) !== undefined)
  );
}

const oneCharacter = fitting('it is one character', (text) => [...text].length === 1 && !/[\r\n]/.test(text));

const resourceRules: Rules = {
  encoding: fitting(encodings, (text) => encodingName(text) !== undefined),
  format: fitting(known, (text) => formatOf(text) !== undefined),
  mediatype: fitting(`it is that of a table, such as text/csv; ${known}; ${encodings}`, isMediaType),
  type: only('the resource is a table', 'table'),
  compression: only('compress the table by gzip, or not at all', 'gz'),
  data: refused('name a file in path'),
  ...refusing(['innerpath'], 'unpack the table'),
  ...refusing(['extrapaths'], 'put the rows into one file, or name a folder that has only them'),
  ...refusing(['layout', 'control', 'detector', 'query'], plainTable),
};

const dialectRules: Rules = {
  ...ignoring(['$schema', 'name', 'title', 'description', 'profile', 'csvddfVersion', 'type']),
  // cells and names are always trimmed, columns are found by their exact names, and there is one header row
  ...ignoring(['skipInitialSpace', 'caseSensitiveHeader', 'headerJoin']),
  delimiter: oneCharacter,
  lineTerminator: only(plainTable, '\r\n', '\n', '\r'),
  quoteChar: oneCharacter,
  escapeChar: oneCharacter,
  doubleQuote: only('name an escapeChar instead', true),
  header: only(plainTable, true, false),
  headerRows: only(plainTable, [1]),
  commentRows: only('begin comments with a commentChar', []),
  commentChar: fitting('it is text', (text) => text !== ''),
  nullSequence: fitting('it is text', () => true),
  table: fitting('it is the name of a table in a database', (text) => text !== ''),
};

/** As in "an integer, a number or a string". */
const titles = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
  fieldTypeNames.map((type) => fieldTypeOf({ type }).title),
);

const fieldRules: Rules = {
  type: only(`a column is ${titles}`, ...fieldTypeNames),
  decimalChar: only('write decimals with a point or a comma', '.', ','),
  groupChar: only('separate thousands with a point, a comma, a space or an apostrophe', ...groupSigns),
  bareNumber: only('write numbers without currency or percent signs', true),
};

/** Properties with a meaning. A name that differs only in case, separators or a final s is a typo, not a custom property. */
const readHere = {
  resource: ['dialect', 'encoding', 'format', 'mediatype', 'compression', 'schema'],
  schema: ['fields', 'missingValues'],
  field: [
    'decimalChar',
    'groupChar',
    'bareNumber',
    'categories',
    'categoriesOrdered',
    'constraints',
    'missingValues',
    'trueValues',
    'falseValues',
  ],
};

/** The properties of a data package that are not supported. */
export function unsupported(descriptor: unknown): Fault[] {
  if (!isObject(descriptor) || !Array.isArray(descriptor.resources)) return [];
  return descriptor.resources.filter(isObject).flatMap((resource, i) => {
    const place = (name: string) => `resources.${i}.${name}`;
    const { schema, dialect } = resource;
    return [
      ...broken(resource, resourceRules, place),
      ...typos(resource, readHere.resource, place),
      ...dialectFaults(dialect, place('dialect')),
      ...(isObject(schema) ? schemaFaults(schema, place('schema')) : []),
    ];
  });
}

function dialectFaults(dialect: unknown, at: string): Fault[] {
  if (dialect === undefined || dialect === null) return [];
  if (!isObject(dialect)) return [{ place: at, text: `${shown(dialect)} is not supported; ${plainTable}` }];
  const others = Object.keys(dialect).filter((name) => !Object.hasOwn(dialectRules, name));
  const hasEscape = typeof dialect.escapeChar === 'string';
  const rules = {
    ...dialectRules,
    ...refusing(others, plainTable),
    ...(hasEscape && ignoring(['doubleQuote'])),
  };
  return broken(dialect, rules, (name) => `${at}.${name}`);
}

function schemaFaults(schema: Json, at: string): Fault[] {
  const fields = Array.isArray(schema.fields) ? schema.fields.filter(isObject) : [];
  return [...typos(schema, readHere.schema, (name) => `${at}.${name}`), ...fields.flatMap(fieldFaults)];
}

function fieldFaults(field: Json): Fault[] {
  const { name: column, type: named } = field;
  const place = (name: string) => `field "${column}", ${name}`;
  const type = fieldTypeNames.find((name) => name === named);
  const faults = [
    ...broken(field, fieldRules, place),
    ...typos(field, readHere.field, place),
    ...(type ? faultsOfType({ ...field, type }, place) : []),
  ];
  return faults.map((fault) => ({ ...fault, field: String(column) }));
}

function faultsOfType(field: Json & Pick<Field, 'type'>, place: (name: string) => string): Fault[] {
  const { type, categories, constraints } = field;
  const { formatFault, ...known } = fieldTypeOf({ type, categories: categories as Field['categories'] });
  const taken = ['required', 'unique', ...known.constraints];
  const others = isObject(constraints)
    ? Object.keys(constraints).filter((name) => !taken.includes(name))
    : [];
  const foreign = known.takesCategories ? [] : ['categories', 'categoriesOrdered'];
  const format: Rule = (value) => {
    const why = typeof value === 'string' ? formatFault(value) : 'leave it out';
    return why && `${shown(value)} is not supported; ${why}`;
  };
  return [
    ...broken(field, { format, ...refusing(foreign, `the type ${type} does not take it`) }, place),
    ...others.map((name) => ({
      place: place(`constraints.${name}`),
      text: `is not supported; the type ${type} takes ${taken.join(', ')}`,
    })),
  ];
}

/** Properties whose values are refused; null counts as absent. */
const broken = (object: Json, rules: Rules, place: (name: string) => string): Fault[] =>
  Object.entries(rules).flatMap(([name, rule]) => {
    const value = Object.hasOwn(object, name) ? object[name] : null;
    const why = value === undefined || value === null ? undefined : rule(value);
    return why === undefined ? [] : [{ place: place(name), text: why }];
  });

function typos(object: Json, names: readonly string[], place: (name: string) => string): Fault[] {
  const bare = (name: string) => name.toLowerCase().replace(/[_-]|s$/g, '');
  return Object.keys(object).flatMap((name) => {
    const meant = names.includes(name) ? undefined : names.find((each) => bare(each) === bare(name));
    return meant === undefined
      ? []
      : [{ place: place(name), text: `is not known; did you mean "${meant}"?` }];
  });
}

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 60);
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
