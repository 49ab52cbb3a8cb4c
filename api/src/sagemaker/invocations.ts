import { negotiate } from '@fastify/accept-negotiator';
import type { Row } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Delimiter } from '../formats/csv-records.ts';
import { csvWriter } from '../formats/csv-writer.ts';
import { jsonWriter } from '../formats/json-writer.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import { answerParsed } from '../predict/batch.ts';
import { readCsv } from './csv.ts';
import { checkRows, readJsonLines, soundRows, writeRows } from './rows.ts';

export const mediaTypes = { json: 'application/json', jsonLines: 'application/jsonlines', csv: 'text/csv' };
const { json, jsonLines, csv } = mediaTypes;

interface Invocation {
  id: string;
  contentType: string;
  accept?: string;
  /** Parsed where it is JSON; the text of lines. */
  body: unknown;
}

interface Answer {
  type: string;
  body: string;
}

/** Answers in the type that came, unless Accept asks for another one. @throws Problem */
export async function invoke(answerer: Answerer, invocation: Invocation, limits: Limits): Promise<Answer> {
  const { id, contentType, accept, body } = invocation;
  const question = { id, explain: false };
  const { model } = answerer;
  const came = contentType.split(';', 1)[0].trim().toLowerCase();
  if (came !== csv && came !== jsonLines) {
    const value = instancesOf(body);
    if (negotiate(accept ?? json, [json, jsonLines]) !== jsonLines)
      return { type: json, body: await answerParsed(answerer, value, question, limits) };
    const values = Array.isArray(value) ? value : [value];
    return linesOfJson(answerer, question, await soundRows(values.length, checkRows(values, model), limits));
  }

  const lines = linesOf(String(body));
  if (came === jsonLines) {
    const rows = await soundRows(lines.length, readJsonLines(lines, model, limits), limits);
    const type = negotiate(accept ?? jsonLines, [jsonLines, json]);
    return type === json
      ? listOfJson(answerer, question, rows, limits)
      : linesOfJson(answerer, question, rows);
  }
  const { hasHeader, delimiter, count, rows: read } = readCsv(lines, contentType, model);
  const rows = await soundRows(count, read, limits);
  const type = negotiate(accept ?? csv, [csv, json, jsonLines]);
  if (type === json) return listOfJson(answerer, question, rows, limits);
  return type === jsonLines
    ? linesOfJson(answerer, question, rows)
    : linesOfCsv(answerer, question, rows, hasHeader, delimiter);
}

async function listOfJson(
  answerer: Answerer,
  question: Question,
  rows: Row[],
  limits: Limits,
): Promise<Answer> {
  return { type: json, body: await answerParsed(answerer, rows, question, limits) };
}

async function linesOfJson(answerer: Answerer, question: Question, rows: Row[]): Promise<Answer> {
  return { type: jsonLines, body: await writeRows(rows, jsonWriter(answerer, question)) };
}

async function linesOfCsv(
  answerer: Answerer,
  question: Question,
  rows: Row[],
  hasHeader: boolean,
  delimiter: Delimiter,
): Promise<Answer> {
  const writer = csvWriter(answerer, question, delimiter);
  return { type: csv, body: (hasHeader ? writer.head : '') + (await writeRows(rows, writer)) };
}

function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What TensorFlow Serving's clients, and SageMaker's examples, put a batch into. */
function instancesOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { instances, ...others } = body as Record<string, unknown>;
  return Array.isArray(instances) && Object.keys(others).length === 0 ? instances : body;
}
