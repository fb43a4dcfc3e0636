import { useMemo, useState, type ReactNode } from 'react';
import { prettyJson } from '../lib/json';
import { IconButton } from './Button';
import { classes } from './classes';
import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton';

interface Props {
  title: string;
  text: string;
  /** Said beside the title, such as the media type. */
  hint?: string | undefined;
  tone?: 'red';
  children?: ReactNode;
}

/** Text in a frame with a title, copying and wrapping. The text is shown as text, whatever is in it. */
export function CodeBlock({ title, text, hint, tone, children }: Props) {
  const [isWrapped, setWrapped] = useState(true);
  return (
    <section className={classes(styles.block, tone && styles[tone])} aria-label={title}>
      <header className={styles.header}>
        <h2>{title}</h2>
        {hint && <span className={styles.hint}>{hint}</span>}
        <IconButton
          icon="wrap"
          label={`Wrap lines of ${title.toLowerCase()}`}
          aria-pressed={isWrapped}
          onClick={() => setWrapped(!isWrapped)}
        />
        <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
      </header>
      <pre className={classes(styles.text, isWrapped && styles.wrapped)} tabIndex={0}>
        {children ?? text}
      </pre>
    </section>
  );
}

/** Beyond this, thousands of coloured pieces cost more than they help; the text is then indented only. */
const MAX_COLOURED = 50_000;

interface JsonViewProps {
  title: string;
  text: string;
  type: string;
  isTruncated: boolean;
}

export function JsonView({ title, text, type, isTruncated }: JsonViewProps) {
  const tokens = useMemo(() => (type.includes('json') ? prettyJson(text) : undefined), [text, type]);
  const shown = tokens ? tokens.map((token) => token.text).join('') : text;
  const hint = isTruncated ? `${type} · only the beginning` : type;
  return (
    <CodeBlock title={title} text={shown} hint={hint}>
      {tokens && text.length <= MAX_COLOURED
        ? tokens.map((token, index) => (
            <span key={index} className={styles[token.kind]}>
              {token.text}
            </span>
          ))
        : shown}
    </CodeBlock>
  );
}
