export { encodingName } from './encoding.ts';
export { isAddress, openSource, passwordApart, readSource } from './open.ts';
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
