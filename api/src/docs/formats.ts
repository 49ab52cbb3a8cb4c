import type { Manifest } from '@hearth/artifact';
import { csvOf, exampleRow, ndjsonOf } from '../openapi/index.ts';

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
export function formats({ columns }: Manifest): Format[] {
  const row = exampleRow(columns);
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
    whole('A batch', 'Answered in order.', '/predict', json, JSON.stringify([row, {}])),
    streamed(
      'A stream of JSON lines',
      'Each line is a row, and is answered by a line.',
      'application/x-ndjson',
      ndjsonOf([row, {}]),
    ),
    streamed(
      'CSV',
      'The first line names columns. Commas between cells and a point in decimals, or semicolons and a decimal comma. An empty cell is not known. Answered by CSV, or with the header accept: application/x-ndjson by JSON lines.',
      'text/csv',
      csvOf([row, row]),
    ),
  ];
}

function whole(title: string, about: string, path: string, type: string, body: string): Format {
  const curl = (origin: string) => `curl -s '${origin}${path}' -H 'content-type: ${type}' -d ${quoted(body)}`;
  return { title, about, path, type, body, curl };
}

function streamed(title: string, about: string, type: string, body: string): Format {
  const curl = (origin: string) =>
    `printf '%s\\n' ${body.trimEnd().split('\n').map(quoted).join(' ')} | curl -sN '${origin}/predict' -X POST -T - -H 'content-type: ${type}'`;
  return { title, about, path: '/predict', type, body, curl };
}

/** Text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
