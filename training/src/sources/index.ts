export { folderOf, keepPassword, relativePlace, resolvePlace } from './address.ts';
export { encodingName } from './encoding.ts';
export { openSource, readSource } from './open.ts';
export {
  isSourceFormat,
  type Source,
  type SourceCell,
  type SourceColumn,
  type SourceFormat,
  type SourceOptions,
  type SourceRow,
  type SourceTable,
} from './source.ts';
