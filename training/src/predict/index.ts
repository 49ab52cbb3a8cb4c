export { type OutputFormat, outputFormatOf } from './batches.ts';
export { planColumns } from './plan.ts';
export { errorHeader, errorLines, notesAfter, type Predicted, predictFile } from './predict-file.ts';
