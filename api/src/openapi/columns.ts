import {
  type Column,
  english,
  kindOf,
  labelOf,
  markdownText,
  missingValuesOf,
  type Schema,
  type Value,
} from '@hearth/artifact';

export type { Schema };

/** The JSON schema of a row. */
export function rowSchema(columns: readonly Column[]): Schema {
  const required = columns.filter((column) => column.required).map(({ name }) => name);
  return {
    type: 'object',
    description: 'One row. Leave out an unknown value, or send null.',
    properties: Object.fromEntries(columns.map((column) => [column.name, cellSchema(column)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    examples: [exampleRow(columns)],
  };
}

function cellSchema(column: Column): Schema {
  const codes = column.required ? [] : [...(missingValuesOf(column) ?? [])];
  const description = markdownText(english(column.description));
  return {
    title: english(labelOf(column)),
    ...(description && { description }),
    ...kindOf(column).schema(column, codes, !column.required),
  };
}

/** A row that the model accepts, from the examples of its columns. */
export const exampleRow = (columns: readonly Column[]): Record<string, Value> =>
  Object.fromEntries(
    columns.map((column) => [column.name, column.example ?? kindOf(column).example(column)]),
  );

/** A row with the required columns only: `{}` if there are none. */
export const leastRow = (columns: readonly Column[]): Record<string, Value> =>
  exampleRow(columns.filter((column) => column.required));
