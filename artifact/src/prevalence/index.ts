export { type AtPrevalence, atPrevalence, type Shares, sharesOf } from './prevalence.ts';
