import { useEffect, useState } from 'react';
import { Button, IconButton } from './Button';
import { useToast } from './Toast';
import { writeClipboard } from './useCopy';

interface Props {
  text: string | (() => string);
  label: string;
  /** Shown beside the icon; without it the button is the icon alone. */
  caption?: string;
}

export function CopyButton({ text, label, caption }: Props) {
  const [isDone, setDone] = useState(false);
  const toast = useToast();

  useEffect(() => {
    const timer = isDone ? setTimeout(() => setDone(false), 1500) : undefined;
    return () => clearTimeout(timer);
  }, [isDone]);

  const copy = () => {
    writeClipboard(typeof text === 'string' ? text : text()).then(
      () => setDone(true),
      () => toast('The browser did not allow copying.', 'error'),
    );
  };
  const icon = isDone ? 'tick' : 'copy';
  return caption === undefined ? (
    <IconButton icon={icon} label={isDone ? 'Copied' : label} onClick={copy} />
  ) : (
    <Button look="plain" icon={icon} onClick={copy} title={label}>
      {isDone ? 'Copied' : caption}
    </Button>
  );
}
