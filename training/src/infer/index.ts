export { formatDescriptor, modelNameOf } from './descriptor.ts';
export { inShell } from './in-shell.ts';
export type { Hints, Inferred, InferredColumn } from './infer.ts';
export { type InferredPackage, inferPackage } from './infer-package.ts';
