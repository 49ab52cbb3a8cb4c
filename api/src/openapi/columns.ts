import {
  type Column,
  isNumeric,
  limitsOf,
  markdownText,
  missingValuesOf,
  type NumericColumn,
} from '@hearth/artifact';

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type Schema = Record<string, unknown>;

/** What a row may be. */
export function rowSchema(columns: readonly Column[]): Schema {
  const required = columns.filter((column) => column.required).map(({ name }) => name);
  return {
    type: 'object',
    description: 'One row. What is not known is left out, or null.',
    properties: Object.fromEntries(columns.map((column) => [column.name, cellSchema(column)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    examples: [exampleRow(columns)],
  };
}

function cellSchema(column: Column): Schema {
  const shared = { title: column.label.en, description: markdownText(column.description.en) };
  const orNull = column.required ? [] : ['null'];
  const codes = column.required ? [] : [...(missingValuesOf(column) ?? [])];
  if (!isNumeric(column)) {
    const values = column.categories.map(({ value }) => value);
    return {
      ...shared,
      type: ['string', ...orNull],
      enum: [...values, ...codes, ...(column.required ? [] : [null])],
    };
  }
  const { unit } = column;
  const value = valueSchema(column, orNull);
  return {
    ...shared,
    ...(codes.length > 0
      ? { anyOf: [value, { enum: codes, description: 'A value that is not known.' }] }
      : value),
    ...(unit && { 'x-unit': unit.en }),
  };
}

function valueSchema(column: NumericColumn, orNull: string[]): Schema {
  const values = column.enum && [...column.enum, ...(column.required ? [] : [null])];
  return { type: [column.type, ...orNull], ...limitsOf(column), ...(values && { enum: values }) };
}

/** A row that the model answers, made of what it says of its columns. */
export function exampleRow(columns: readonly Column[]): Record<string, number | string> {
  return Object.fromEntries(columns.map((column) => [column.name, exampleCell(column)]));
}

/** The row of those columns that are required: `{}` where none is. */
export const leastRow = (columns: readonly Column[]): Record<string, number | string> =>
  exampleRow(columns.filter((column) => column.required));

function exampleCell(column: Column): number | string {
  if (column.example !== undefined) return column.example;
  if (!isNumeric(column)) {
    const [first] = column.categories;
    return (column.categories.find(({ value }) => !column.unseen?.includes(value)) ?? first).value;
  }
  const { minimum, maximum } = column.seen;
  const middle = (minimum + maximum) / 2;
  const rounded = column.type === 'integer' ? Math.round(middle) : Number(middle.toPrecision(3));
  const missing = missingValuesOf(column);
  // the ends of what was seen are values
  const candidates = column.enum ?? [rounded, minimum, maximum];
  return candidates.find((value) => !missing?.has(value) && value >= minimum && value <= maximum) ?? minimum;
}
