export { type Answerer, answererOf } from './answerer.ts';
export { answerJson } from './batch.ts';
export { assertPlainText, readBody } from './body.ts';
export { readRecord, readRecords } from './csv-records.ts';
export { readHeader, type Table } from './csv-table.ts';
export { csvWriter } from './csv-writer.ts';
export { invalidInput } from './faults.ts';
export { readJsonBodies } from './json-body.ts';
export { predictRoutes } from './routes.ts';
