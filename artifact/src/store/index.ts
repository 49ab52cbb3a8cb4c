export { assembleModel, type CheckedArtifact, checkFiles } from './assemble.ts';
export { keepDefault, type LocatedModel, locateModel, setDefault } from './default-model.ts';
export { RegistryError, writeError } from './errors.ts';
export type { Evaluations } from './evaluations.ts';
export {
  type FilesBytes,
  manifestFile,
  type PackedArtifact,
  spreadFile,
  type TreesBytes,
  treesFile,
  treesFiles,
} from './files.ts';
export type { Intended } from './intended.ts';
export type { JournalEntry } from './journal.ts';
export { leastModelBytes, modelBytes } from './model-bytes.ts';
export { findModel, hasModel, listModels } from './models.ts';
export { foreignToArtifact, isVersionName, registryAround } from './own-folder.ts';
export { parseManifest } from './parse-manifest.ts';
export type { Change, Promotion } from './production.ts';
export type { Pruned } from './prune.ts';
export {
  manifestLimit,
  readArtifact,
  readChecked,
  readManifest,
  readModel,
} from './read.ts';
export { openRegistry, type Registry, type VersionSummary } from './registry.ts';
export { type ManifestDraft, packArtifact, writeArtifact } from './write.ts';
