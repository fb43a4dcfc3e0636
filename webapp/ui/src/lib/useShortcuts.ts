import { useEffect, useRef } from 'react';

type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** Single keys for the whole page. They rest while a person types, while a dialog is open, and with modifiers held. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const handler = latest.current[event.key];
      if (handler && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.altKey && !isBusy(event)) {
        event.preventDefault();
        handler(event);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isBusy(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  const isTyping = target?.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
  return isTyping || document.querySelector('dialog[open]') !== null;
}
