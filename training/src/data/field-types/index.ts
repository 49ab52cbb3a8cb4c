import type { Field } from '../field.ts';
import { boolean } from './boolean.ts';
import { category } from './categories.ts';
import type { FieldType } from './field-type.ts';
import { integer, number, year } from './numbers.ts';
import { date, datetime, yearmonth } from './times.ts';

/** By type; a type without an entry does not compile. */
const fieldTypes: { [T in Field['type']]: FieldType } = {
  integer,
  number,
  string: category,
  boolean,
  date,
  datetime,
  year,
  yearmonth,
};

/** Its categories are the texts of its numbers. */
const integerCodes: FieldType = { ...category, title: integer.title, constraints: integer.constraints };

/** What a field is: an integer with categories is a category. */
export const fieldTypeOf = ({ type, categories }: Pick<Field, 'type' | 'categories'>): FieldType =>
  type === 'integer' && categories ? integerCodes : fieldTypes[type];
