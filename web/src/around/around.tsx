import { hasPrevalence } from '../settings.ts';
import { Compare, type CompareProps } from './compare.tsx';
import { PrevalenceView } from './prevalence.tsx';
import '../styles/around.css';

/** What can be asked besides the answer to one case: among whom, and beside which other case. */
export default function Around(props: CompareProps) {
  return (
    <>
      {hasPrevalence(props.model) && <PrevalenceView model={props.model} />}
      <Compare {...props} />
    </>
  );
}
