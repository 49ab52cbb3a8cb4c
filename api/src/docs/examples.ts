import type { Manifest } from '@hearth/artifact';
import { isLineFormat, wireFormats } from '../formats/index.ts';
import { ndjsonOf } from '../formats/ndjson.ts';
import { offersNext } from '../next/next.ts';
import { exampleInference, exampleRow, leastRow } from '../openapi/index.ts';

/** One way to request predictions, with an example that works. */
export interface Example {
  title: string;
  about: string;
  path: string;
  type: string;
  body: string;
  /** The shell command for the server at this address. */
  curl: (origin: string) => string;
}

/** Where a page is: the address of the server, and what the addresses of its model begin with after the base path. */
export interface Place {
  origin: string;
  at: string;
}

/** All ways to call this model. */
export function examples(manifest: Manifest, at: string): Example[] {
  const rows = { row: exampleRow(manifest.columns), least: leastRow(manifest.columns) };
  return [
    ...Object.entries(wireFormats).flatMap(([type, format]) =>
      format
        .examples(rows)
        .map(({ title, about, query = '', body }) =>
          isLineFormat(format)
            ? streamed(title, about, `${at}/predict${query}`, type, body)
            : whole(title, about, `${at}/predict${query}`, type, body),
        ),
    ),
    ...(offersNext(manifest)
      ? [
          whole(
            'What to ask next',
            'Which column, if it were given too, is expected to narrow the answer most.',
            `${at}/next`,
            'application/json',
            JSON.stringify(rows.least),
          ),
        ]
      : []),
    whole(
      'The Open Inference Protocol',
      'For clients of KServe, Triton and MLServer. Send one tensor per column, or all columns in one tensor of shape [n, columns]. null, the value of the parameter missing_value and a column that is not sent mean unknown. outputs selects from the tensors that GET /v2/models/NAME lists. Errors have the shape of the protocol: {"error": "…"}.',
      `/v2/models/${manifest.name}/infer`,
      'application/json',
      JSON.stringify(exampleInference(manifest)),
    ),
    whole(
      'Amazon SageMaker',
      'Rows as above, or a list of rows in instances, or application/jsonlines, or text/csv. CSV without a header has one cell for each column, in the order of the model. The response is complete, not streamed, in the type of the request or the type in Accept.',
      `${at}/invocations`,
      'application/jsonlines',
      ndjsonOf([rows.row, rows.least]),
    ),
  ];
}

function whole(title: string, about: string, path: string, type: string, body: string): Example {
  const curl = (origin: string) =>
    `curl -s ${shellWord(origin + path)} -H ${shellWord(`content-type: ${type}`)} -d ${shellWord(body)}`;
  return { title, about, path, type, body, curl };
}

function streamed(title: string, about: string, path: string, type: string, body: string): Example {
  const curl = (origin: string) =>
    `printf '%s\\n' ${body.trimEnd().split('\n').map(shellWord).join(' ')} | curl -sN ${shellWord(origin + path)} -X POST -T - -H ${shellWord(`content-type: ${type}`)}`;
  return { title, about, path, type, body, curl };
}

/** Text as one word of a POSIX shell, without any expansion. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
