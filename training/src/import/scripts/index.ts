export { type ScriptName, scriptNames, scriptOf } from './print-script.ts';
export { exportedModel } from './reader.ts';
