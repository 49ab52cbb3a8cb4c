import {
  type Column,
  kindOf,
  markdownText,
  missingValuesOf,
  type Schema,
  type Value,
} from '@hearth/artifact';

export type { Schema };

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
  const codes = column.required ? [] : [...(missingValuesOf(column) ?? [])];
  return {
    title: column.label.en,
    description: markdownText(column.description.en),
    ...kindOf(column).schema(column, codes, !column.required),
  };
}

/** A row that the model answers, made of what it says of its columns. */
export const exampleRow = (columns: readonly Column[]): Record<string, Value> =>
  Object.fromEntries(
    columns.map((column) => [column.name, column.example ?? kindOf(column).example(column)]),
  );

/** The row of those columns that are required: `{}` where none is. */
export const leastRow = (columns: readonly Column[]): Record<string, Value> =>
  exampleRow(columns.filter((column) => column.required));
