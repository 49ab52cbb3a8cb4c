import { setUp } from './setup.mjs';

// Everything that the other commands need; `npm test` and `npm start` do it by themselves.
setUp();
