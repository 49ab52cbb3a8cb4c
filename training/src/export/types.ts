import {
  type Column,
  english,
  isNumeric,
  kindOf,
  type Manifest,
  outputNames,
  titleOf,
  usedColumns,
} from '@hearth/artifact';

/** The rows and answers of a version in TypeScript, for `load` of hearth/predictor and for clients of the API. */
export function typesOf(manifest: Manifest, version: string): string {
  const { name, columns, features } = manifest;
  const used = usedColumns(features);
  const rows = columns.map(
    (column) =>
      `    ${comment(column, used.has(column.name))}\n    ${property(column.name)}${column.required ? '' : '?'}: ${used.has(column.name) ? typeOf(column) : anyValue};`,
  );
  return `// Written by hearth types for ${name} ${version}; write it again for a version with other columns.
import type { Answer } from 'hearth/predictor';

/** ${inComment(english(titleOf(manifest)))}: load<${typeName(name)}>(…) */
export interface ${typeName(name)} {
  row: {
${rows.join('\n')}
  };
  answer: ${answerOf(manifest)};
}
`;
}

const anyValue = 'string | number | boolean | null';

/** The name of a model as the name of a type, in which words begin with a capital: `heart-age` is HeartAge. */
const typeName = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const property = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

const inComment = (text: string): string => text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ');

function comment(column: Column, isUsed: boolean): string {
  const label = column.label ? english(column.label) : column.name;
  const allowed = isUsed ? kindOf(column).allowed(column, JSON.stringify) : 'ignored by this model';
  return `/** ${inComment(`${label}: ${allowed}`)} */`;
}

/** The type of the values of a column, with null and the texts that mean a missing value. */
function typeOf(column: Column): string {
  const codes = (column.missingCodes ?? []).map((code) => JSON.stringify(code));
  const missing = column.required ? codes : [...codes, 'null'];
  return [typeOfValues(column), ...missing].join(' | ');
}

function typeOfValues(column: Column): string {
  if (isNumeric(column)) return 'number';
  if (column.type === 'boolean') return 'boolean';
  if (column.type !== 'category') return 'string';
  const listed = union(column.categories.map(({ value }) => value));
  return column.open ? `${listed} | (string & {})` : listed;
}

const union = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(' | ');

function answerOf({ target, interval, predictionSet }: Manifest): string {
  const several = outputNames(target);
  const classes = target.type === 'classes' && union(target.classes.map(({ value }) => value));
  const members = [
    ...(classes ? [] : [several?.field ?? (target.type === 'binary' ? 'probability' : 'value')]),
    ...(interval ? ['interval'] : []),
    ...(interval?.outcome ? ['mean'] : []),
    'model',
  ];
  const always = `Required<Pick<Answer, ${members.map((each) => `'${each}'`).join(' | ')}>>`;
  const answer = `${always} & Pick<Answer, 'warnings'>`;
  if (!classes) return answer;
  const set = predictionSet ? `; set: { level: number; classes: (${classes})[] }` : '';
  return `{ class: ${classes}; probabilities: Record<${classes}, number>${set} } & ${answer}`;
}
