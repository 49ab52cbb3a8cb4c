import { type ImportedColumn, ImportFault } from '../imported.ts';
import type { Section } from './text.ts';

/** As many as a column of hearth can have. */
const mostCodes = 100_000;

/** The columns, with the ranges and the categories of the training rows. */
export function columnsOf(header: Section, rest: string): ImportedColumn[] {
  const count = header.whole('max_feature_idx', 0, 100_000) + 1;
  const names = header.words('feature_names');
  const infos = header.find('feature_infos')?.split(' ') ?? [];
  if (names.length !== count) header.fault(`has ${names.length} names for ${count} columns`);
  const declared = /\n\[categorical_feature: ([\d,]+)\]/.exec(rest)?.[1].split(',').map(Number) ?? [];
  const isCategory = (i: number) => declared.includes(i) || /^-?\d+(:-?\d+)*$/.test(infos[i] ?? '');
  const categories = names.flatMap((_, i) => (isCategory(i) ? [i] : []));
  const listed = pandasCategories(rest);
  return names.map((name, i) => {
    const values = listed?.length === categories.length ? listed[categories.indexOf(i)] : undefined;
    if (isCategory(i))
      return { name, type: 'category', open: true, categories: values ?? codesOf(infos[i], name) };
    const range = /^\[([^:]+):([^:]+)\]$/.exec(infos[i] ?? '');
    const seen = range && { minimum: Number(range[1]), maximum: Number(range[2]) };
    return {
      name,
      type: 'number',
      ...(seen && Number.isFinite(seen.minimum) && Number.isFinite(seen.maximum) && { seen }),
    };
  });
}

/** The values of each category column of a data frame; undefined where there was none. */
function pandasCategories(rest: string): string[][] | undefined {
  const line = /\npandas_categorical:(.*)/.exec(rest)?.[1];
  if (line === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    if (!Array.isArray(parsed)) return undefined;
    return parsed.map((values) => (Array.isArray(values) ? values.map(String) : []));
  } catch {
    throw new ImportFault('has a line "pandas_categorical:" that is not JSON');
  }
}

/** Codes of the training rows as values, at their places. */
function codesOf(info: string | undefined, name: string): (string | null)[] {
  const codes = (info ?? '')
    .split(':')
    .map(Number)
    .filter((code) => Number.isInteger(code) && code >= 0);
  const most = codes.reduce((a, b) => Math.max(a, b), 0);
  if (most >= mostCodes)
    throw new ImportFault(
      `has the code ${most} in the category column "${name}"; a column has at most ${mostCodes} categories`,
    );
  const values: (string | null)[] = Array.from({ length: most + 1 }, () => null);
  for (const code of codes.length > 0 ? codes : [0]) values[code] = String(code);
  return values;
}
