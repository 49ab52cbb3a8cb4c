import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How many CSS pixels the page is wider than the window. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** The pairs of parts of the page that lie on top of each other. */
export async function overlaps(page: Page, ...parts: string[]): Promise<string[]> {
  const boxes = await Promise.all(parts.map((part) => page.locator(part).boundingBox()));
  return parts.flatMap((part, i) =>
    parts.slice(i + 1).flatMap((other, j) => {
      const [a, b] = [boxes[i], boxes[i + 1 + j]];
      if (!a || !b) return [`${part} or ${other} is missing`];
      const isApart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      return isApart ? [] : [`${part} and ${other}`];
    }),
  );
}
