export { cutOff, resetIdleConnections, serverOptions } from '../server/server-options.ts';
export { deadline } from './deadlines.ts';
export { askForBody, holdExpectations } from './expectations.ts';
export { defaultLimits, type Limits, limitSettings, mapLimits } from './limits.ts';
export { resetSlowReaders } from './slow-readers.ts';
