import type { Column, Manifest, Row } from '@hearth/artifact';
import type { ManifestDraft } from '@hearth/artifact/store';
import type { Table } from '../data/table.ts';
import { describeData } from '../pipeline/describe-data.ts';
import { type Imported, type ImportedColumn, ImportFault } from './imported.ts';
import { thresholdRanges } from './threshold-ranges.ts';

/** The part of a manifest that says what columns and target are, and rows of a table if there is one. */
export interface Described {
  description: Omit<ManifestDraft, 'features' | 'answer' | 'engine' | 'golden'>;
  /** For each column of the source: the index of each code in `categories`; undefined for other columns. */
  indices: readonly (readonly (number | undefined)[] | undefined)[];
  rows?: readonly Row[];
}

/** What the user says about a model whose file does not say it. */
export interface Names {
  model: string;
  target?: string;
  /** The classes in the order of their codes, or the values of 0 and 1. */
  classes?: readonly string[];
  /** Numbers that mean a missing value. */
  missing?: readonly number[];
}

/** Describes a model by its file alone. @param file its SHA-256 and name */
export function describeByFile(
  imported: Imported,
  names: Names,
  file: { name: string; sha256: string },
): Described {
  const ranges = thresholdRanges(imported);
  const columns = imported.columns.map((column, i) => columnOf(column, ranges[i], names));
  const { classRows, rows = 0 } = imported.source;
  return {
    description: {
      format: 2,
      name: names.model,
      columns,
      target: targetOf(imported, names),
      data: {
        name: file.name,
        sha256: file.sha256,
        rows,
        ...(classRows && imported.target.type === 'classes' && { classes: [...classRows] }),
      },
    },
    indices: columns.map((column, i) => indicesOf(imported.columns[i], column)),
  };
}

function columnOf(
  column: ImportedColumn,
  range: { minimum: number; maximum: number },
  { missing = [] }: Names,
): Column {
  const { name, type, required = false, open = false, seen, missingNumbers = [] } = column;
  if (type === 'category')
    return {
      name,
      type,
      required,
      categories: categoriesOf(column).map((value) => ({ value })),
      ...(open && { open }),
    };
  if (type === 'boolean') return { name, type, required };
  const codes = [...new Set([...missing, ...missingNumbers])].map(String);
  return {
    name,
    type,
    required,
    ...(codes.length > 0 && { missingCodes: codes }),
    seen: seen ?? { ...range, of: 'thresholds' },
  };
}

/** The values of a category column; without names, its codes. */
const categoriesOf = ({ categories, codes = 1 }: ImportedColumn): string[] =>
  categories?.filter((value) => value !== null) ?? Array.from({ length: codes }, (_, code) => String(code));

function targetOf({ target }: Imported, { target: named, classes: given }: Names): Manifest['target'] {
  const name = named ?? target.name ?? 'target';
  if (target.type === 'numeric')
    return { name, type: 'numeric', ...(target.quantiles && { quantiles: [...target.quantiles] }) };
  if (target.type === 'count') return { name, type: 'count' };
  const classes = given ?? target.classes;
  const count = target.type === 'binary' ? 2 : target.count;
  if (classes && classes.length !== count)
    throw new ImportFault(`has ${count} classes, not ${classes.length}, as --classes says`);
  if (target.type === 'classes')
    return {
      name,
      type: 'classes',
      classes: Array.from({ length: count }, (_, k) => ({ value: classes?.[k] ?? String(k) })),
    };
  const isPlain = !classes || (classes[0] === '0' && classes[1] === '1');
  return {
    name,
    type: 'binary',
    ...(!isPlain && { labels: { 0: { en: classes[0] }, 1: { en: classes[1] } } }),
  };
}

/** Describes a model by the data package of its training table, and by that table. */
export function describeByPackage(imported: Imported, table: Table, names: Partial<Names>): Described {
  const described = describeData(table);
  const columns = imported.columns.map((column) => packageColumn(column, described.columns, names));
  const known = new Set(columns.map(({ name }) => name));
  const { bins, missing, ...data } = described.data;
  const isTime = columns.some(({ type }) => type === 'datetime');
  const { timeZone, ...rest } = described;
  return {
    description: {
      ...rest,
      ...(names.model !== undefined && { name: names.model }),
      columns,
      ...(isTime && { timeZone }),
      target: packageTarget(imported, described.target),
      data: {
        ...data,
        ...(missing && {
          missing: Object.fromEntries(Object.entries(missing).filter(([name]) => known.has(name))),
        }),
        ...(bins && { bins: bins.filter(({ column }) => known.has(column)) }),
      },
    },
    indices: columns.map((column, i) => indicesOf(imported.columns[i], column)),
    rows: table.inputs,
  };
}

function packageColumn(
  column: ImportedColumn,
  described: readonly Column[],
  { missing = [] }: Partial<Names>,
): Column {
  const found = described.find(({ name }) => name === column.name);
  if (!found)
    throw new ImportFault(
      `has the column "${column.name}", which is no field of the data package that can be used`,
    );
  const isCategory = found.type === 'category';
  if (isCategory !== (column.type === 'category'))
    throw new ImportFault(
      isCategory
        ? `has numbers in the column "${column.name}", a field of texts in the data package; describe it as a number there`
        : `has categories in the column "${column.name}", a field of numbers in the data package; describe it there as a string, or with "categories"`,
    );
  const codes = [
    ...(found.missingCodes ?? []),
    ...missing.map(String),
    ...(column.missingNumbers ?? []).map(String),
  ];
  return {
    ...found,
    required: (found.required ?? false) || (column.required ?? false),
    ...(codes.length > 0 && !isCategory && { missingCodes: [...new Set(codes)] }),
  };
}

function packageTarget({ target }: Imported, described: Manifest['target']): Manifest['target'] {
  const isNumber = (type: string) => type === 'numeric' || type === 'count';
  if (described.type !== target.type && !(isNumber(described.type) && isNumber(target.type)))
    throw new ImportFault(
      `answers a target of type ${target.type}; the target of the data package has the type ${described.type}`,
    );
  if (target.type === 'classes' && described.type === 'classes') {
    const { classes } = described;
    if (classes.length !== target.count)
      throw new ImportFault(
        `has ${target.count} classes; the target of the data package has ${classes.length}`,
      );
    const ordered = target.classes?.map((value) => classes.find((each) => each.value === value) ?? { value });
    return { ...described, classes: ordered ?? classes };
  }
  if (target.type === 'count' && described.type === 'numeric') {
    const { quantiles: _quantiles, ...rest } = described;
    return { ...rest, type: 'count' };
  }
  if (target.type === 'numeric' && target.quantiles && described.type === 'numeric')
    return { ...described, quantiles: [...target.quantiles] };
  return described;
}

/** Where each code of a source's category column is in the categories of ours. Without values in the file, codes are places. */
function indicesOf(source: ImportedColumn, column: Column): (number | undefined)[] | undefined {
  if (column.type !== 'category') return undefined;
  const places = new Map(column.categories.map(({ value }, i) => [value, i]));
  if (!source.categories) {
    const codes = source.codes ?? 0;
    if (codes > places.size)
      throw new ImportFault(
        `has the code ${codes - 1} in the column "${source.name}", and that column has ${places.size} categories`,
      );
    return Array.from({ length: places.size }, (_, code) => code);
  }
  return source.categories.map((value) => (value === null ? undefined : places.get(value)));
}
