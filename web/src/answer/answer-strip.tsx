import { useEffect, useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';

/** On a phone, a bar at the bottom that shows the answer while the answer itself is scrolled out of view. */
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
      aria-label={`${text}. ${messages.toTheResult}`}
      onClick={() => document.getElementById('answer')?.scrollIntoView()}
    >
      {text}
    </button>
  );
}
