export { describeInferred, formatDescriptor, modelNameOf, type ShortDescriptor } from './descriptor.ts';
export { inShell } from './in-shell.ts';
export { type Hints, type Inferred, type InferredColumn, infer } from './infer.ts';
export { inferPackage } from './infer-package.ts';
