import { useEffect, useState } from 'preact/hooks';

/** Milliseconds without change before a screen reader is told: once per answer, not once per step of a drag. */
const quiet = 900;

export function Announcement({ children }: { children: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(setSaid, quiet, children);
    return () => clearTimeout(timer);
  }, [children]);
  return (
    <p class="unseen" role="status">
      {said || null}
    </p>
  );
}
