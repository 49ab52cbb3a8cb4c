export { encodeData } from '../v2/encode.ts';
export { methods } from './definition.ts';
