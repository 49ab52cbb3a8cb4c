/** What `POST /predict` reads and answers: `whole`, once all of the body is there, or by `lines`, while it arrives. */
export const mediaTypes = {
  'application/json': 'whole',
  'application/x-ndjson': 'lines',
  'text/csv': 'lines',
  'application/vnd.apache.arrow.stream': 'whole',
} as const satisfies Record<string, 'whole' | 'lines'>;

export type MediaType = keyof typeof mediaTypes;

/** What the media types that clients send instead are called. */
const alike: [RegExp, RegExp][] = [
  [/arrow/, /arrow/],
  [/ndjson|jsonl|json-?(lines|seq)|stream\+json/, /ndjson|jsonlines/],
  [/csv|comma|tab-|tsv|excel|spreadsheet/, /csv/],
];

/** The one of these types that a client most probably meant. */
export function nearestType(sent: string | undefined, types: readonly string[]): string {
  const [, wanted] = alike.find(([pattern]) => pattern.test(sent?.toLowerCase() ?? '')) ?? [];
  return types.find((type) => wanted?.test(type)) ?? types[0];
}

export const allTypes = Object.keys(mediaTypes) as MediaType[];
export const wholeTypes = allTypes.filter((type) => mediaTypes[type] === 'whole');
export const lineTypes = allTypes.filter((type) => mediaTypes[type] === 'lines');
