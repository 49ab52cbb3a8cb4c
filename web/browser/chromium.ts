import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export const launchOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
};

export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 800 };

/** An opened page, and the errors and warnings of its console since then. */
export interface Visit {
  page: Page;
  complaints: string[];
}

/** Opens a page as a new visitor, in a new window. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const page = await newPage(browser, options);
  const complaints = complaintsOf(page);
  await page.goto(url);
  return { page, complaints };
}

/** An empty page in a new window. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: desktop, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

/** The errors and warnings that the page prints to its console from now on, with the address that each is about. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
