import type { ImportedColumn } from '../imported.ts';
import type { Part } from '../part.ts';

/** The columns of a model, with the categories where the file has them. */
export function columnsOf(learner: Part, model: Part, count: number): ImportedColumn[] {
  const names = learner.find('feature_names')?.texts() ?? [];
  const types = learner.find('feature_types')?.texts() ?? [];
  const categories = categoriesOf(model.find('cats'));
  if (names.length > 0 && names.length !== count)
    learner.get('feature_names').fault(`has ${names.length} names for ${count} columns`);
  return Array.from({ length: count }, (_, i) => {
    const name = names[i] ?? `f${i}`;
    const listed = categories[i];
    if (types[i] === 'c' || listed)
      return { name, type: 'category', open: true, ...(listed && { categories: listed }) };
    // "int" says that the training rows had whole numbers, not that others are refused
    return { name, type: types[i] === 'i' ? 'boolean' : 'number' };
  });
}

/** The values of each code, of columns that have them. */
function categoriesOf(cats: Part | undefined): (readonly string[] | undefined)[] {
  return cats?.find('enc')?.list().map(valuesOf) ?? [];
}

/** Texts by their offsets in one array of bytes, which are signed; or numbers. */
function valuesOf(column: Part): readonly string[] | undefined {
  const values = column.find('values');
  if (!values) return undefined;
  const numbers = values.numbers();
  const offsets = column.find('offsets')?.numbers();
  if (!offsets) return numbers.length > 0 ? Array.from(numbers, String) : undefined;
  if (offsets.length < 2) return undefined;
  const bytes = Buffer.from(Uint8Array.from(numbers, (each) => each & 0xff));
  return Array.from(offsets.subarray(1), (end, i) => bytes.subarray(offsets[i], end).toString('utf8'));
}
