import { setUp } from './setup.mjs';

// Installs what the other commands need; `npm test` and `npm start` do this too.
setUp();
