/** Names of a status at the end of a follow-up, and of its length. */
const statusName =
  /(^|[^a-z])(status|event|evento|cens(or|ored|ura)?|death|dead|died|fustat|[oó]bito|relapse|recorr[eê]ncia)([^a-z]|$)|stat$/i;
const timeName =
  /(^|[^a-z])(time|tempo|futime|stime|surv(ival)?|sobrevida|follow[._ ]?up|seguimento|os|pfs|dfs)([._ ](time|days|months|years|dias|meses|anos))?$/i;
/** As pgstat and pgtime of one study; protime and bedtime are no follow-up. */
const stem = (name: string): string => name.toLowerCase().replace(/(status|stat|time)$/, '');

const isTimeOf = (time: string, status: string): boolean =>
  timeName.test(time) || (/[a-z]time$/i.test(time) && stem(time) === stem(status));

/** The other column of survival data, where the target is its status or its time. */
export function survivalPartner(
  target: { name: string; isStatus: boolean },
  numbers: readonly string[],
): string | undefined {
  if (target.isStatus)
    return statusName.test(target.name) ? numbers.find((name) => isTimeOf(name, target.name)) : undefined;
  return numbers.find((name) => statusName.test(name) && isTimeOf(target.name, name));
}

/** Why such data are refused. @param how to leave the other column out */
export const survivalFault = (target: string, partner: string, how: string): string =>
  `"${target}" and "${partner}" look like survival data, a status with a time: who was observed for a shorter time has had less time for it. Make a target of a fixed horizon, such as an event within 5 years, from the rows that were observed so long. Or, if every row was observed equally long, leave the other one out: ${how}`;
