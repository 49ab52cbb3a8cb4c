import { createHash } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { CorpusRequest } from './requests.ts';

/** Longer bodies stand in the record by their hash. */
const longest = 20_000;

/** What differs from run to run, in a header or in a body. */
const variable: [RegExp, string][] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME'],
  [/"instance":\{"id":"[0-9a-f]+"/g, '"instance":{"id":"ID"'],
  [/"seconds":\d+(\.\d+)?,"requests":.*?\]\}/g, 'TRAFFIC'],
];
const leftOut = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']);
const drawn = new Set(['x-request-id', 'traceparent', 'etag']); // the tag of a description depends on when it was published

/** Asks each request in turn, and writes it down with its answer. */
export async function record(app: FastifyInstance, requests: readonly CorpusRequest[]): Promise<string> {
  const entries: string[] = [];
  for (const request of requests) {
    const { body, ...rest } = request;
    const answer = await app.inject({ ...rest, payload: body });
    entries.push(`${question(request)}\n\n${written(answer, request)}\n`);
  }
  return entries.join('\n');
}

function question({ method, url, headers = {}, body }: CorpusRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `> ${name}: ${value}`);
  const text = body === undefined ? [] : [`> ${shown(body)}`];
  return [`### ${method} ${url}`, ...lines, ...text].join('\n');
}

function written({ statusCode, headers, rawPayload }: LightMyRequestResponse, asked: CorpusRequest): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !leftOut.has(name))
    .map(([name, value]) => {
      const isOwn = asked.headers?.[name] === value;
      return `${name}: ${drawn.has(name) && !isOwn ? 'ID' : value}`;
    })
    .sort();
  const id = String(headers['x-request-id']);
  const whole =
    asked.headers?.['x-request-id'] === id
      ? rawPayload.toString()
      : rawPayload.toString().replaceAll(id, 'ID');
  const body = variable.reduce((text, [pattern, name]) => text.replace(pattern, name), whole);
  return [statusCode, lines.join(' · '), shown(body)].join('\n');
}

/** As one line, without what an editor or git would change. */
function shown(body: string | Buffer): string {
  if (Buffer.isBuffer(body)) return `hex ${body.toString('hex')}`;
  if (body.length > longest)
    return `${body.length} characters, sha256 ${createHash('sha256').update(body).digest('hex')}`;
  return body
    .replaceAll('\r', '\\r')
    .replaceAll('\uFEFF', '\\uFEFF')
    .replace(/[ \t]+$/gm, (space) => JSON.stringify(space));
}
