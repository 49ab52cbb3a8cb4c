export { assertApart, openArtifactOutput } from './artifact-folder.ts';
export { type MayReplace, openFileOutput } from './file.ts';
