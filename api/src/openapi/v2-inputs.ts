import {
  type Column,
  english,
  isNumeric,
  kindOf,
  labelOf,
  limitsOf,
  type Manifest,
  missingValuesOf,
  usedColumns,
} from '@hearth/artifact';
import { acceptedDatatypes, allNames, numericNames, rangeOf } from '../v2/datatypes.ts';
import type { Schema } from './columns.ts';
import { object, refTo } from './schemas.ts';

/*
 * The input tensors of a model: the name, the datatypes and the elements of each. JSON Schema cannot say that `data` has as many elements as
 * `shape`, and that all tensors have as many rows; the description of the request does.
 */

/** Datatypes, and what an element of them can be. */
interface Elements {
  datatypes: string[];
  cell: Schema;
  missing: Schema;
}

const closed = (schema: Schema): Schema => ({ ...schema, additionalProperties: false });
const orNull = (type: string): Schema => ({ type: [type, 'null'] });
const rows: Schema = { type: 'integer', minimum: 1 };
const tuple = (...items: Schema[]): Schema => ({
  type: 'array',
  prefixItems: items,
  minItems: items.length,
  maxItems: items.length,
});
const some = (items: Schema): Schema => ({ type: 'array', items, minItems: 1 });

/** The schema of `inputs`. */
export function inputsSchema({ columns, features }: Pick<Manifest, 'columns' | 'features'>): Schema {
  const used = usedColumns(features);
  const tensors = columns.map((column) => columnTensor(column, used.has(column.name)));
  const once = columns.map(({ name, required }) => ({
    contains: { type: 'object', properties: { name: { const: name } }, required: ['name'] },
    minContains: required ? 1 : 0,
    maxContains: 1,
  }));
  return {
    anyOf: [
      {
        ...some({ anyOf: tensors }),
        description: 'A tensor for each column; one that is not required may be absent.',
        allOf: once,
      },
      { ...tuple(tableTensor(columns, used)), items: false },
    ],
  };
}

function columnTensor(column: Column, isUsed: boolean): Schema {
  const elements = isUsed ? elementsOf(column) : anyElements(column.required === true);
  return {
    title: english(labelOf(column)),
    anyOf: elements.flatMap(({ datatypes, cell, missing }) => {
      const tensor = (shape: Schema, data: Schema): Schema =>
        closed(
          object(
            {
              name: { const: column.name },
              shape,
              datatype: { enum: datatypes },
              parameters: inputParameters(missing),
              data,
            },
            ['name', 'shape', 'datatype', 'data'],
          ),
        );
      return [
        tensor(tuple(rows), some(cell)),
        tensor(tuple(rows, { const: 1 }), { anyOf: [some(cell), some(tuple(cell))] }),
      ];
    }),
  };
}

function elementsOf(column: Column): Elements[] {
  const isOptional = !column.required;
  if (!isNumeric(column)) {
    const codes = isOptional ? [...(missingValuesOf(column) ?? [])] : [];
    const [datatype] = acceptedDatatypes([column], new Set([column.name]));
    const isText = datatype === 'BYTES';
    const cell = kindOf(column).schema(column, isText ? codes : [], isOptional);
    return [{ datatypes: [datatype], cell, missing: orNull(isText ? 'string' : 'boolean') }];
  }
  const { minimum, maximum } = limitsOf(column);
  const cell = kindOf(column).schema(column, [], isOptional);
  const whole = { ...cell, type: ['integer', ...(isOptional ? ['null'] : [])] };
  const missing = orNull('number');
  const integers = numericNames.filter((name) => rangeOf(name));
  const holds = (name: string): boolean => {
    const range = rangeOf(name);
    return range !== undefined && minimum >= range.minimum && maximum <= range.maximum;
  };
  const roomy = integers.filter(holds);
  const floats = ['FP64', 'FP32'];
  return [
    column.type === 'integer'
      ? { datatypes: [...floats, ...roomy], cell: whole, missing }
      : { datatypes: floats, cell, missing },
    ...(column.type === 'number' && roomy.length > 0 ? [{ datatypes: roomy, cell: whole, missing }] : []),
    // what is too narrow for the column holds a part of its values
    ...integers
      .filter((name) => !holds(name))
      .map((name) => ({
        datatypes: [name],
        cell: { allOf: [whole, { type: ['integer', 'null'], ...rangeOf(name) }] },
        missing,
      })),
  ];
}

/** Of a column that the model does not use. */
const anyElements = (isRequired: boolean): Elements[] => {
  const typeOf = (type: string): Schema => (isRequired ? { type } : orNull(type));
  return [
    { datatypes: ['FP64', 'FP32'], cell: typeOf('number'), missing: orNull('number') },
    {
      datatypes: numericNames.filter((name) => rangeOf(name)),
      cell: { ...typeOf('integer'), ...rangeOf('UINT8'), maximum: 127 },
      missing: orNull('number'),
    },
    { datatypes: ['BOOL'], cell: typeOf('boolean'), missing: orNull('boolean') },
    {
      datatypes: ['BYTES'],
      cell: { ...typeOf('string'), ...(isRequired && { pattern: '\\S' }) },
      missing: orNull('string'),
    },
  ];
};

const inputParameters = (missing: Schema): Schema => ({
  type: ['object', 'null'],
  properties: { missing_value: missing, content_type: { enum: ['np', 'str', 'datetime', null] } },
  additionalProperties: false,
});

function tableTensor(columns: readonly Column[], used: ReadonlySet<string>): Schema {
  const datatypes = acceptedDatatypes(columns, used);
  const isText = datatypes.every((name) => name === 'BYTES');
  const isAny = datatypes.length === allNames.length;
  const cell = { type: isText ? ['string', 'null'] : isAny ? undefined : ['number', 'string', 'null'] };
  return {
    ...closed(
      object(
        {
          name: { type: 'string', not: { enum: columns.map(({ name }) => name) } },
          shape: tuple(rows, { const: columns.length }),
          datatype: { enum: datatypes },
          parameters: inputParameters({ type: ['string', 'number', 'null'] }),
          data: {
            anyOf: [some(cell), some({ ...some(cell), minItems: columns.length, maxItems: columns.length })],
          },
        },
        ['name', 'shape', 'datatype', 'data'],
      ),
    ),
    description: 'All columns in one tensor, in the order of the metadata; texts as in a table of text.',
  };
}

/** The requested outputs; `names` are those of the model. */
const outputsSchema = (names: readonly string[]): Schema => ({
  type: ['array', 'null'],
  items: closed(
    object(
      {
        name: { enum: names },
        parameters: {
          type: ['object', 'null'],
          properties: { binary_data: orNull('boolean'), content_type: { enum: ['np', 'str', null] } },
          additionalProperties: false,
        },
      },
      ['name'],
    ),
  ),
});

export const requestSchema = (manifest: Manifest, outputs: readonly string[]): Schema => ({
  ...closed(
    object(
      {
        id: orNull('string'),
        model_name: { enum: [manifest.name, null] },
        parameters: {
          type: ['object', 'null'],
          properties: {
            missing_value: { type: ['string', 'number', 'boolean', 'null'] },
            timeout: { type: ['integer', 'null'], minimum: 1, description: 'Microseconds.' },
            binary_data_output: orNull('boolean'),
            content_type: { enum: ['np', 'pd', 'str', null] },
          },
          additionalProperties: false,
        },
        inputs: refTo('V2Inputs'),
        outputs: outputsSchema(outputs),
      },
      ['inputs'],
    ),
  ),
  description:
    'All tensors have the same number n of rows, and data has as many elements as shape says: n, or n times the columns. null means unknown, as does the value of the parameter missing_value. With the header Inference-Header-Content-Length, tensors can be bytes behind the JSON: such a tensor has no data but the parameter binary_data_size.',
});
