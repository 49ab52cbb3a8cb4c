export { RegistryError } from './errors.ts';
export type { PackedArtifact } from './files.ts';
export type { JournalEntry } from './journal.ts';
export { readArtifact, readModel } from './read.ts';
export { openRegistry, type Registry, type VersionSummary } from './registry.ts';
export { type ManifestDraft, packArtifact, writeArtifact } from './write.ts';
