import type { Manifest } from '@hearth/artifact';
import { csvOf, exampleInference, exampleRow, leastRow, ndjsonOf } from '../openapi/index.ts';

/** One way to ask for predictions, with an example that works. */
export interface Format {
  title: string;
  about: string;
  path: string;
  type: string;
  body: string;
  /** The line for a shell that asks the server at this address. */
  curl: (origin: string) => string;
}

/** All ways to ask this model. */
export function formats(manifest: Manifest): Format[] {
  const row = exampleRow(manifest.columns);
  const least = leastRow(manifest.columns);
  const json = 'application/json';
  return [
    whole('One row', 'What is not known is left out, or null.', '/predict', json, JSON.stringify(row)),
    whole(
      'With what moved the answer',
      'base plus all values is the answer on the scale.',
      '/predict?explain=true',
      json,
      JSON.stringify(row),
    ),
    whole('A batch', 'Answered in order.', '/predict', json, JSON.stringify([row, least])),
    streamed(
      'A stream of JSON lines',
      'Each line is a row, and is answered by a line.',
      'application/x-ndjson',
      ndjsonOf([row, least]),
    ),
    streamed(
      'CSV',
      'The first line names columns. Commas between cells and a point in decimals, or semicolons and a decimal comma. An empty cell is not known. Answered by CSV, or with the header accept: application/x-ndjson by JSON lines.',
      'text/csv',
      csvOf([row, row]),
    ),
    whole(
      'The Open Inference Protocol',
      'For clients of KServe, Triton and MLServer. A tensor per column, or all columns in one of shape [n, columns]; null is not known, and so is what the parameter missing_value names, and a column that is not sent. outputs chooses among the tensors that GET /v2/models/NAME announces. Errors have the shape of the protocol: {"error": "…"}.',
      `/v2/models/${manifest.name}/infer`,
      json,
      JSON.stringify(exampleInference(manifest)),
    ),
    whole(
      'As on Amazon SageMaker',
      'Rows as above; or a list of them in instances; or application/jsonlines; or text/csv, also without a header and with a cell for each column in order. Answered whole, in the type that came or that Accept asks for.',
      '/invocations',
      'application/jsonlines',
      ndjsonOf([row, least]),
    ),
  ];
}

function whole(title: string, about: string, path: string, type: string, body: string): Format {
  const curl = (origin: string) =>
    `curl -s ${shellWord(origin + path)} -H ${shellWord(`content-type: ${type}`)} -d ${shellWord(body)}`;
  return { title, about, path, type, body, curl };
}

function streamed(title: string, about: string, type: string, body: string): Format {
  const curl = (origin: string) =>
    `printf '%s\\n' ${body.trimEnd().split('\n').map(shellWord).join(' ')} | curl -sN ${shellWord(`${origin}/predict`)} -X POST -T - -H ${shellWord(`content-type: ${type}`)}`;
  return { title, about, path: '/predict', type, body, curl };
}

/** Text as one word of a POSIX shell, which does nothing with it. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
