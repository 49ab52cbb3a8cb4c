/** The only supported level of intervals and prediction sets. */
export const intervalLevel = 0.9;
