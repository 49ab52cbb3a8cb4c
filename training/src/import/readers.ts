import { catboostBinary, catboostJson } from './catboost/index.ts';
import { foreignReaders } from './foreign.ts';
import { ImportFault, type Reader } from './imported.ts';
import { lightgbmText } from './lightgbm/index.ts';
import { onnx } from './onnx/index.ts';
import { exportedModel } from './scripts/index.ts';
import { xgboostBinary, xgboostJson, xgboostUbjson } from './xgboost/index.ts';

/** In the order in which they are tried: a reader of JSON that names its tool stands before those that guess. */
const readers: readonly Reader[] = [
  exportedModel,
  xgboostJson,
  xgboostUbjson,
  xgboostBinary,
  lightgbmText,
  catboostJson,
  catboostBinary,
  onnx,
];

/** The reader of a file. @throws ImportFault if there is none */
export function readerOf(bytes: Uint8Array, name: string, from: readonly Reader[] = readers): Reader {
  const reader = [...foreignReaders, ...from].find((each) => each.recognises(bytes, name));
  if (reader) return reader;
  const known = from.map(({ format }) => format).join(', ');
  throw new ImportFault(`is not the file of a model that hearth reads: ${known}`);
}
