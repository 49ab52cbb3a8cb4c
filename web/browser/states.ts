import type { Page } from 'playwright-core';

/** A state of the page that people can come to see. */
export interface State {
  name: string;
  fragment: string;
  /** Brings the page there once it has been opened, and waits until it is. */
  arrive(page: Page): Promise<unknown>;
  /** Parts that are different every time: times and what is measured. */
  changing?: string[];
}

const everything =
  '#age=63&sex=male&cp=asymptomatic&exang=yes&trestbps=145&chol=233&fbs=yes&restecg=normal' +
  '&thalach=150&oldpeak=2.3&slope=flat&ca=1&thal=reversible-defect';

/** Goes down to the curve, which comes when it is about to be looked at. */
export async function goToCurve(page: Page): Promise<void> {
  await page.locator('.curve').scrollIntoViewIfNeeded();
  await page.locator('.plot .line').first().waitFor();
}

/** The number, what moved it, how the doubt shrinks and the curve are there, and the page is at its top. */
async function answered(page: Page): Promise<void> {
  await page.locator('.number').waitFor();
  await page.locator('.contributions').waitFor();
  if (await page.locator('.field[data-given=true]').count()) await page.locator('.narrowing').waitFor();
  await goToCurve(page);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.locator('.strip').waitFor({ state: 'detached' });
}

const failing = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    title: 'No model is in production',
    status: 503,
    detail:
      'no version is in production: models/heart/aliases.json does not name one; promote one with: hearth promote latest',
  }),
};

export const states: readonly State[] = [
  { name: 'age-only', fragment: '#age=58', arrive: answered },
  { name: 'empty', fragment: '#age=', arrive: answered },
  { name: 'full', fragment: everything, arrive: answered },
  { name: 'out-of-range', fragment: '#age=95&trestbps=250', arrive: answered },
  {
    name: 'invalid',
    fragment: '#age=150',
    async arrive(page) {
      await page.getByText('Too large.').or(page.getByText('Grande demais.')).waitFor();
      await page.locator('.curve').scrollIntoViewIfNeeded();
      await page.locator('.plot-area').waitFor();
      await page.evaluate(() => window.scrollTo(0, 0));
    },
  },
  {
    name: 'error',
    fragment: '#age=58',
    async arrive(page) {
      await answered(page);
      await page.route('**/predict*', (route) => route.fulfill(failing));
      await page.locator('#field-age').fill('59');
      await page.locator('.trouble').waitFor();
    },
  },
  {
    name: 'offline',
    fragment: '#age=58&sex=female',
    async arrive(page) {
      await answered(page);
      await page.context().setOffline(true);
      await page.locator('#field-age').fill('59');
      await page.locator('.trouble').waitFor();
    },
  },
  {
    name: 'about',
    fragment: '#/about',
    arrive: (page) => page.locator('.calibration svg').waitFor(),
    changing: ['.facts dd'],
  },
  {
    name: 'ops',
    fragment: '#/ops',
    arrive: (page) => page.locator('.figures').waitFor(),
    changing: ['.figures dd', '.spans', '.hint', 'thead th', 'tbody th', 'tbody td'],
  },
];
