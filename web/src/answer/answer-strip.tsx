import { useEffect, useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';

/** On a phone the answer scrolls away above the fields: then it stays in a line at the foot. */
export function AnswerStrip({ text }: { text: string | undefined }) {
  const { messages } = useLocale();
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    const answer = document.querySelector('.big-number, .no-answer')?.closest('.answer');
    if (!answer) return;
    const observer = new IntersectionObserver(([entry]) =>
      setAway(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < 0),
    );
    observer.observe(answer);
    return () => observer.disconnect();
  }, []);
  if (!isAway || text === undefined) return null;
  return (
    <button
      type="button"
      class="strip"
      aria-label={`${text}. ${messages.toTheAnswer}`}
      onClick={() => document.getElementById('answer')?.scrollIntoView()}
    >
      {text}
    </button>
  );
}
