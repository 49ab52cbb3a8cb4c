export { assertApart, openArtifactOutput } from './artifact-folder.ts';
export { type FileOutput, type MayReplace, openFileOutput } from './file.ts';
