import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** The Chromium that all files of tests share. What a file opens in it is its own, and is closed with the connection. */
export const connectChromium = (): Promise<Browser> => chromium.connect(inject('chromium'));
