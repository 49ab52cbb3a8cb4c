import {
  type Column,
  english,
  kindOf,
  labelOf,
  type Manifest,
  markdownText,
  missingValuesOf,
  type Schema,
  usedColumns,
  type Value,
} from '@hearth/artifact';

export type { Schema };

/** The JSON schema of a row. */
export function rowSchema({ columns, features }: Pick<Manifest, 'columns' | 'features'>): Schema {
  const used = usedColumns(features);
  const required = columns.filter((column) => column.required).map(({ name }) => name);
  return {
    type: 'object',
    description: 'One row. Leave out an unknown value, or send null.',
    properties: Object.fromEntries(
      columns.map((column) => [
        column.name,
        used.has(column.name) ? cellSchema(column) : ignoredSchema(column),
      ]),
    ),
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

function ignoredSchema(column: Column): Schema {
  const ignored = 'This model does not use it: any value is accepted and ignored.';
  return {
    title: english(labelOf(column)),
    description: [markdownText(english(column.description)), ignored].filter(Boolean).join(' '),
    type: ['string', 'number', 'boolean', ...(column.required ? [] : ['null'])],
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
