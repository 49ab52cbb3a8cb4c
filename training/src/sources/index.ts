export {
  type Source,
  type SourceCell,
  type SourceColumn,
  type SourceFormat,
  type SourceOptions,
  type SourceRow,
  type SourceTable,
  sourceFormats,
} from './source.ts';
