import { type Column, isNumeric, markdownText } from '@hearth/artifact';

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
  if (!isNumeric(column)) {
    const values = column.categories.map(({ value }) => value);
    return {
      ...shared,
      type: ['string', ...orNull],
      enum: [...values, ...(column.required ? [] : [null])],
    };
  }
  const { type, unit, minimum, maximum } = column;
  return {
    ...shared,
    type: [type, ...orNull],
    minimum,
    maximum,
    ...(unit && { 'x-unit': unit.en }),
  };
}

/** A row that the model answers, made of what it says of its columns. */
export function exampleRow(columns: readonly Column[]): Record<string, number | string> {
  return Object.fromEntries(columns.map((column) => [column.name, exampleCell(column)]));
}

function exampleCell(column: Column): number | string {
  if (column.example !== undefined) return column.example;
  if (!isNumeric(column)) return column.categories[0].value;
  const { minimum, maximum } = column.seen;
  const middle = (minimum + maximum) / 2;
  return column.type === 'integer' ? Math.round(middle) : Number(middle.toPrecision(3));
}
