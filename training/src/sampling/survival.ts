/** Names of a status at the end of a follow-up, and of its length. */
const statusName =
  /(^|[^a-z])(status|event|evento|cens(or|ored|ura)?|death|dead|died|fustat|[oó]bito|relapse|recorr[eê]ncia)([^a-z]|$)|stat$/i;
const timeName =
  /(^|[^a-z])(time|tempo|futime|stime|surv(ival)?|sobrevida|follow[._ ]?up|seguimento|os|pfs|dfs)([._ ](time|days|months|years|dias|meses|anos))?$|[a-z]time$/i;

/** The other column of survival data, where the target is its status or its time. */
export function survivalPartner(
  target: { name: string; isStatus: boolean },
  numbers: readonly string[],
): string | undefined {
  if (target.isStatus)
    return statusName.test(target.name) ? numbers.find((name) => timeName.test(name)) : undefined;
  return timeName.test(target.name) ? numbers.find((name) => statusName.test(name)) : undefined;
}
