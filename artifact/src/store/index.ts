export { RegistryError } from './errors.ts';
export type { JournalEntry } from './journal.ts';
export { manifestFile, readModel, treesFile } from './read.ts';
export { openRegistry, type Registry, type VersionSummary } from './registry.ts';
export { type ManifestDraft, type PackedArtifact, packArtifact, writeArtifact } from './write.ts';
