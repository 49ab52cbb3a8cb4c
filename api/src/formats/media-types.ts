/** What `POST /predict` reads and answers: `whole`, once all of the body is there, or by `lines`, while it arrives. */
export const mediaTypes = {
  'application/json': 'whole',
  'application/x-ndjson': 'lines',
  'text/csv': 'lines',
} as const satisfies Record<string, 'whole' | 'lines'>;

export type MediaType = keyof typeof mediaTypes;

export const allTypes = Object.keys(mediaTypes) as MediaType[];
export const wholeTypes = allTypes.filter((type) => mediaTypes[type] === 'whole');
export const lineTypes = allTypes.filter((type) => mediaTypes[type] === 'lines');
