import type { ColumnType } from './column-type.ts';
import { type Profile, rowsOf, without } from './profile.ts';

/** In a smaller table almost everything is different in each row. */
const fewestRows = 20;
/** The share of different values from which on a text is an identifier. */
const mostlyUnique = 0.95;
/** Free text has more words than this on average, and is rarely repeated. */
const words = 3;
const rarelyRepeated = 0.5;
/** Longer texts are not categories. */
const longest = 100;
/** A column that is called an id has at least so many different values, and one for each so many rows. */
const fewestGroups = 10;
const mostRowsOfGroup = 20;

/** Names of columns that say whose row it is. */
const idName =
  /^(rownames?|row[._ ]names|unnamed: 0|index|key|cpf|rg|cns|chave|codigo|código|matr[ií]cula|prontu[aá]rio)$|(^|[^a-z])(id|ids|uuid|guid|subject|subjects|patient|paciente|participant|participante|registro|record)$/i;
const camelId = /[a-z](Id|ID)$/;
/** Names of columns whose rows belong together. */
const groupName = /(^|[^a-z])(strat(um|a)|cluster|pair|matched[._ ]?set|household|family|fam[ií]lia)$/i;

const isIdName = (name: string): boolean => idName.test(name) || camelId.test(name);

/** Why a model does not learn from a column. */
export interface LeftOut {
  why: string;
  /** Whether it names subjects or groups that have several rows, which a fold must not split. */
  repeats?: true;
}

/** @returns undefined for a column that a model can learn from */
export function reasonToLeaveOut(
  profile: Profile,
  { type, missing }: Pick<ColumnType, 'type' | 'missing'>,
): LeftOut | undefined {
  const given = without(profile, missing);
  const texts = [...given.counts.keys()];
  const rows = rowsOf(given, texts);
  if (rows === 0) return { why: 'it is empty' };
  if (texts.length === 1) return { why: `it is always ${texts[0].slice(0, 30)}` };
  if (type !== 'string' && type !== 'integer') return undefined;
  if (type === 'string' && isFreeText(texts) && texts.length > rarelyRepeated * rows)
    return { why: `free text: ${texts.length} different texts in ${rows} rows` };
  if (type === 'string' && texts.some((text) => text.length > longest))
    return { why: `texts of more than ${longest} characters` };
  return rows < fewestRows ? undefined : idReason(profile, texts, rows, type);
}

function idReason(
  { name, rows: all }: Profile,
  texts: readonly string[],
  rows: number,
  type: ColumnType['type'],
): LeftOut | undefined {
  const share = texts.length / rows;
  const isUnique =
    type === 'string'
      ? share >= mostlyUnique
      : share === 1 && (isIdName(name) || (rows === all && isConsecutive(texts)));
  if (isUnique) return { why: `an id: ${texts.length} different values in ${rows} rows` };
  const isNamed = isIdName(name) || groupName.test(name);
  if (!isNamed || texts.length < Math.max(fewestGroups, rows / mostRowsOfGroup)) return undefined;
  return { why: `an id of ${texts.length} subjects or groups, in ${rows} rows`, repeats: true };
}

const isFreeText = (texts: readonly string[]): boolean =>
  texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0) > words * texts.length;

/** Whether the values number the rows, from 0 or 1. */
function isConsecutive(texts: readonly string[]): boolean {
  const values = texts.map(Number);
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return (low === 0 || low === 1) && high - low === values.length - 1;
}
