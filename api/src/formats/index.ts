import { arrow } from './arrow/index.ts';
import { csv } from './csv.ts';
import type { LineFormat, WireFormat, WireFormats } from './format.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';

/** The formats of `POST /predict`. Routes, documentation and fuzzing list them from here. */
export const wireFormats: WireFormats = {
  'application/json': json,
  'application/x-ndjson': ndjson,
  'text/csv': csv,
  'application/vnd.apache.arrow.stream': arrow,
};

export const isLineFormat = (format: WireFormat): format is LineFormat => 'answerLines' in format;
