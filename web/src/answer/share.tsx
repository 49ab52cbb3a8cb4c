import { useEffect, useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';

/** Milliseconds for which the button confirms the copy. */
const shown = 2_500;

/** Buttons that share the answer: as a link that contains every input, or on paper. */
export function Share({ fragment }: { fragment: string }) {
  const { messages } = useLocale();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(setCopied, shown, false);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(new URL(fragment, location.href).href);
    setCopied(true);
  }

  return (
    <p class="share">
      {navigator.clipboard && (
        <button type="button" class="quiet" onClick={copy}>
          {isCopied ? messages.linkCopied : messages.copyLink}
        </button>
      )}
      <button type="button" class="quiet" onClick={() => print()}>
        {messages.print}
      </button>
    </p>
  );
}
