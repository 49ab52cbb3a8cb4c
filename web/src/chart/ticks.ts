/** Round numbers from low to high, about `count` of them: 1, 2 or 5 times a power of ten apart, whichever is nearest, and at least `least`. */
export function ticksOf(low: number, high: number, count: number, least = 0): number[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const digits = rough / power;
  const digit = digits >= Math.sqrt(50) ? 10 : digits >= Math.sqrt(10) ? 5 : digits >= Math.SQRT2 ? 2 : 1;
  const step = Math.max(least, digit * power);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const day = 86_400;

/** The midnights of round dates between two times in seconds since 1970, at most about `count`: whole years, months or days apart. */
export function dateTicksOf(low: number, high: number, count: number): number[] {
  const days = (high - low) / day / Math.max(1, count);
  const years = [1, 2, 5, 10, 20, 50, 100].find((each) => each * 366 >= days) ?? 500;
  const months = [1, 2, 3, 6].find((each) => each * 28 >= days);
  const start = new Date(low * 1000);
  const at = (year: number, month: number, date: number) => Date.UTC(year, month, date) / 1000;
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth()];
  const places = Array.from({ length: 4 * count + 4 }, (_, i) => {
    if (days <= 15) return at(year, month, start.getUTCDate() + i * Math.max(1, Math.ceil(days)));
    if (months === undefined) return at(year - (year % years) + i * years, 0, 1);
    return at(year, month - (month % months) + i * months, 1);
  });
  return places.filter((place) => place >= low && place <= high);
}
