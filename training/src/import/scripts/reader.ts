import * as v from 'valibot';
import { Features } from '../features.ts';
import {
  type Imported,
  type ImportedColumn,
  type ImportedTarget,
  ImportFault,
  type Reader,
} from '../imported.ts';
import { createAnswersReader } from './answers.ts';
import { Header, outputsOf } from './header.ts';
import { type LinearTerms, linearTerms } from './linear.ts';
import { linesOf } from './lines.ts';
import { createTreeReader } from './trees.ts';

const beyondLimits =
  'the answer is an exponential: numbers farther from the training rows than these are apart are refused; the data package can set other limits (minimum, maximum)';

/** What export.py and export.R write: docs/import-script.md. */
export const exportedModel: Reader = {
  format: 'the file of export.py or export.R',
  recognises: (bytes) =>
    /^\{\s*"hearth"\s*:\s*"export"/.test(Buffer.from(bytes.subarray(0, 40)).toString('latin1')),
  read,
};

function read(bytes: Uint8Array): Imported {
  const lines = linesOf(bytes);
  const header = headerOf(lines.next().value?.value);
  const features = new Features();
  const trees = createTreeReader(header, features, bytes.length);
  const answers = createAnswersReader(header);
  let count = 0;
  let rows = 0;
  for (const { value, line } of lines) {
    const isTree = count < header.trees;
    (isTree ? trees : answers).add(value, line);
    if (isTree) count++;
    else rows++;
  }
  if (count < header.trees || rows === 0)
    throw new ImportFault(
      `ends after ${count} of ${header.trees} trees and ${rows} rows: export the model again`,
    );
  const linear = header.linear && linearTerms(header, header.linear);
  if (count > 0 === (linear !== undefined))
    throw new ImportFault('has both trees and linear terms, or neither');
  const link = header.answer.link;
  return {
    source: header.source,
    columns: header.columns.map((column) => columnOf(column, linear !== undefined && link === 'log')),
    target: targetOf(header),
    features: linear?.features ?? features.list,
    ...(linear ? { linear: linear.linear } : { trees: trees.trees() }),
    answer: answerOf(header, linear),
    answers: answers.answers(),
    ...(linear && link === 'log' && { notes: [beyondLimits] }),
    bounds: linear ? { score: 1e-12, answer: 1e-12 } : { score: 0, answer: isSum(header) ? 0 : 1e-14 },
  };
}

/** Whether the answer is the sum itself. Spark divides the shares of two classes by their sum, which is the number of trees but for rounding. */
const isSum = ({ answer, source }: Header): boolean => answer.link === 'identity' && source.tool !== 'Spark';

function headerOf(value: object | undefined): Header {
  const { issues, output } = v.safeParse(Header, value);
  if (!issues) return output;
  throw new ImportFault(`line 1, ${v.getDotPath(issues[0]) ?? 'as a whole'}: ${issues[0].message}`);
}

function columnOf(column: Header['columns'][number], needsLimits: boolean): ImportedColumn {
  if (column.type === 'category' || column.type === 'boolean') return column;
  const { seen, ...rest } = column;
  if (!seen) return rest;
  const [minimum, maximum] = seen;
  return {
    ...rest,
    seen: { minimum, maximum },
    ...(needsLimits && { limits: widened(minimum, maximum, rest.type) }),
  };
}

/** Under an exponential no number is without limit: the range of the training rows, and its width on both sides. */
function widened(minimum: number, maximum: number, type: string): { minimum: number; maximum: number } {
  const width = maximum - minimum || Math.abs(minimum) || 1;
  const [low, high] = [minimum - width, maximum + width];
  return type === 'integer'
    ? { minimum: Math.floor(low), maximum: Math.ceil(high) }
    : { minimum: low, maximum: high };
}

const targetOf = ({ target }: Header): ImportedTarget =>
  target.type === 'classes' ? { ...target, count: target.classes.length } : target;

function answerOf(header: Header, linear: LinearTerms | undefined): Imported['answer'] {
  const outputs = outputsOf(header);
  const { link, baseFirst, ...numbers } = header.answer;
  if (linear) {
    const { base = 0 } = numbers;
    numbers.base = linear.base.map((each, k) => each + (typeof base === 'number' ? base : (base[k] ?? 0)));
  }
  const entries = Object.entries(numbers).map(([name, value]) => {
    if (typeof value !== 'number' && value.length !== outputs)
      throw new ImportFault(`line 1, answer.${name} has ${value.length} numbers for ${outputs} outputs`);
    return [name, typeof value !== 'number' && outputs === 1 ? value[0] : value];
  });
  return { link, ...(baseFirst && { baseFirst }), ...Object.fromEntries(entries) };
}
