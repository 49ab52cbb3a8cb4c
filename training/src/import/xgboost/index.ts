import { ImportFault, type Reader } from '../imported.ts';
import { headOf, parseLooseJson } from '../parse-text.ts';
import { readDocument } from './document.ts';
import { parseUbjson } from './ubjson.ts';

export const xgboostJson: Reader = {
  format: 'XGBoost JSON',
  // the members of a model are in the order of their names, and "learner" stands first
  recognises: (bytes) =>
    /^\{\s*"(learner|Config)"\s*:/.test(headOf(bytes)) || /^\[\s*\{\s*"nodeid"/.test(headOf(bytes)),
  read: (bytes, options) => readDocument(parseLooseJson(bytes), options),
};

export const xgboostUbjson: Reader = {
  format: 'XGBoost UBJSON',
  recognises: (bytes) => /^\{L\0{7}.(learner|Config)/s.test(headOf(bytes)),
  read: (bytes, options) => readDocument(parseUbjson(bytes), options),
};

export const xgboostBinary: Reader = {
  format: 'XGBoost before 1.0',
  recognises: (bytes) => /^binf/.test(headOf(bytes)),
  read() {
    throw new ImportFault(
      'is XGBoost\'s old binary format, which newer versions do not read either; load it with the version that wrote it, and save it with save_model("model.json")',
    );
  },
};
