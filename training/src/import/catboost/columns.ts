import { type ImportedColumn, ImportFault } from '../imported.ts';
import type { Part } from '../part.ts';

/** The columns of a model, and how its splits name them: by a number within their kind. */
export interface Columns {
  imported: ImportedColumn[];
  /** Places of the float and of the category columns. */
  floats: readonly { place: number; missingLeft: boolean }[];
  categories: readonly { place: number; codes: ReadonlyMap<number, number> }[];
  notes: string[];
}

/** @param info `features_info` */
export function columnsOf(info: Part): Columns {
  for (const kind of ['text_features', 'embedding_features'])
    if (info.find(kind)?.list().length)
      throw new ImportFault(`has ${kind.replace('_', ' ')}, which hearth cannot answer`);
  const floats = info.find('float_features')?.list() ?? [];
  const categories = info.find('categorical_features')?.list() ?? [];
  const texts = new Map(
    (info.find('cat_features_hash')?.list() ?? []).map((each) => [
      each.get('hash').number() | 0,
      each.get('value').text(),
    ]),
  );
  const imported: ImportedColumn[] = [];
  const place = (part: Part): number => part.get('flat_feature_index').whole(0, 100_000);
  const nameOf = (part: Part): string => part.find('feature_name')?.text() || part.get('feature_id').text();
  const floatPlaces = floats.map((part) => {
    imported[place(part)] = { name: nameOf(part), type: 'number' };
    const treatment = part.find('nan_value_treatment')?.text() ?? 'AsIs';
    return { place: place(part), missingLeft: treatment !== 'AsTrue' };
  });
  const categoryPlaces = categories.map((part) => {
    const hashes = Array.from(part.find('values')?.numbers() ?? []);
    const name = nameOf(part);
    const values = hashes.map((hash) => {
      const text = texts.get(hash | 0);
      if (text !== undefined) return text;
      throw new ImportFault(
        `has the categories of "${name}" as hashes only; save it with save_model("model.json", format="json", pool=training_pool)`,
      );
    });
    // CatBoost refuses a category that is missing
    imported[place(part)] =
      values.length > 0
        ? { name, type: 'category', open: true, required: true, categories: values }
        : { name, type: 'category', open: true, codes: 1 };
    return { place: place(part), codes: new Map(hashes.map((hash, code) => [hash, code])) };
  });
  for (let i = 0; i < imported.length; i++)
    if (!imported[i])
      throw new ImportFault(`has no column ${i} in features_info, and ${imported.length} columns`);
  return {
    imported,
    floats: floatPlaces,
    categories: categoryPlaces,
    notes:
      categories.length > 0
        ? ['of categories the file has only those that the trees tell apart; all others are answered alike']
        : [],
  };
}
