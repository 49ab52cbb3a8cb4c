export { deadline } from './deadlines.ts';
export { askForBody, holdExpectations } from './expectations.ts';
export { defaultLimits, type Limits, limitSettings, mapLimits } from './limits.ts';
export { answerUnrouted } from './methods.ts';
export { cutOff, resetIdleConnections, serverOptions } from './server-options.ts';
export { resetSlowReaders } from './slow-readers.ts';
