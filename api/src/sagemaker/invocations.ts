import type { Limits } from '../admission/index.ts';
import { preferredOf } from '../formats/preferred.ts';
import type { Answerer } from '../predict/answerer.ts';
import { answerParsed } from '../predict/batch.ts';
import { type InvocationType, instancesOf, invocationFormats } from './formats.ts';
import { soundRows } from './rows.ts';

interface Invocation {
  id: string;
  contentType: string;
  accept?: string;
  /** Parsed if it is JSON, otherwise text. */
  body: unknown;
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
  const { answeredIn, read } = invocationFormats[came];
  const type = preferredOf(accept, answeredIn);
  // one object gets one answer, not a list
  if (came === json && type === json)
    return { type, body: await answerParsed(answerer, instancesOf(body), question, limits) };
  const batch = read(body, contentType, answerer.model, limits);
  const rows = await soundRows(batch.count, batch.rows, limits);
  return { type, body: await invocationFormats[type].write(answerer, question, rows, batch, limits) };
}
