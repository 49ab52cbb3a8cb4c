import type { Limits } from '../admission/index.ts';
import { parseBody } from '../formats/parse-json.ts';
import { readOneRow, readRowList } from '../formats/plain-json.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import { answerAll, answerOne, answerParsed, noBody, sliceWithin } from '../predict/batch.ts';
import { invalidInput } from '../predict/faults.ts';
import { answerType } from '../server/accept.ts';
import {
  type Dialect,
  type InvocationType,
  instancesOf,
  invocationFormats,
  invocationTypes,
  type ReadBatch,
} from './formats.ts';
import { soundRows } from './rows.ts';

interface Invocation {
  id: string;
  contentType: string;
  accept?: string;
  body?: Buffer;
}

interface Answer {
  type: string;
  body: string | Buffer;
}

const json = 'application/json';

/** Answers in the media type of the request unless `Accept` prefers another. @throws Problem */
export async function invoke(answerer: Answerer, invocation: Invocation, limits: Limits): Promise<Answer> {
  const { id, contentType, accept, body } = invocation;
  const question = { id, explain: false };
  const sent = contentType.split(';', 1)[0].trim().toLowerCase();
  const came = Object.hasOwn(invocationFormats, sent) ? (sent as InvocationType) : json; // a request without a body has no type
  const { write, type } = chosen(accept, came);
  if (!body) throw noBody();
  if (came === json && write === json)
    return { type, body: await answerJson(answerer, body, question, limits) };
  const batch = invocationFormats[came].read(body, contentType, answerer.model, limits);
  if (batch.count === 0 && !isBlank(body))
    throw invalidInput([{ pointer: '', detail: 'has no rows: send at least one' }]);
  const rows = await soundRows(batch.rows);
  return {
    type,
    body: await invocationFormats[write].write(answerer, question, rows, dialectOf(batch, accept), limits),
  };
}

/** The format of the answer, that of the request first, and its `content-type`. @throws Problem NOT_ACCEPTABLE */
function chosen(accept: string | undefined, came: InvocationType): { write: InvocationType; type: string } {
  const types = [came, ...invocationTypes.filter((type) => type !== came)];
  const [first, ...others] = types.map((type) => invocationFormats[type].contentType);
  const type = answerType(accept, [first, ...others]);
  return { write: types.find((each) => invocationFormats[each].contentType === type) ?? came, type };
}

/** Whether there are only blank lines. Batch Transform sends each line of a file as a body, and they must not fail its job. */
const isBlank = (body: Buffer): boolean => body.length > 0 && body.toString().trim() === '';

/** The dialect of the request; `Accept: text/csv; header=present` asks for another header. */
function dialectOf({ csv }: ReadBatch, accept = ''): Dialect {
  const header = /;\s*header\s*=\s*"?(present|absent)\b/i.exec(accept)?.[1].toLowerCase();
  return {
    delimiter: csv?.delimiter ?? ',',
    hasHeader: header === undefined ? (csv?.hasHeader ?? false) : header === 'present',
  };
}

/** One object gets one answer, not a list. Plain rows are read straight into cells. */
async function answerJson(
  answerer: Answerer,
  body: Buffer,
  question: Question,
  limits: Limits,
): Promise<string | Buffer> {
  if (readOneRow(answerer.model, body, answerer.cells)) return answerOne(answerer, question);
  const slice = sliceWithin(limits);
  const cells = await readRowList(answerer.model, body, limits, slice);
  if (cells) return answerAll(answerer, cells, question, slice);
  return answerParsed(answerer, instancesOf(parseBody(body, limits)), question, limits);
}
