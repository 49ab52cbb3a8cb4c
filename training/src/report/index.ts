export { withElsewhere } from './elsewhere.ts';
export { renderReport } from './render.ts';
export type { ReportData } from './report-data.ts';
export { authorOf, signReport } from './signature.ts';
