import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import type { RunDetail } from './api';
import { jsonProblem, payloadForEditing } from './payload';
import styles from './ReplayDialog.module.css';

interface Props {
  run: RunDetail;
  isBusy: boolean;
  onReplay(payload: string | undefined): void;
  onClose(): void;
}

/** Runs the task again with a payload that can be edited; one that was not touched goes out as it was. */
export function ReplayDialog({ run, isBusy, onReplay, onClose }: Props) {
  const [original] = useState(() => payloadForEditing(run));
  const [text, setText] = useState(original);
  const problem = jsonProblem(text);
  const isTouched = text !== original;
  const submit = () => !problem && onReplay(isTouched ? text : undefined);
  return (
    <Dialog
      title="Replay with another payload"
      isWide
      onClose={onClose}
      actions={
        <>
          {isTouched && (
            <Button look="ghost" onClick={() => setText(original)}>
              Reset
            </Button>
          )}
          <Button onClick={onClose}>Keep it</Button>
          <Button look="primary" icon="replay" isBusy={isBusy} disabled={problem !== undefined} onClick={submit}>
            Replay
          </Button>
        </>
      }
    >
      <label className={styles.field}>
        <span>Payload of the new run, as JSON</span>
        <textarea
          className={styles.editor}
          aria-label="Payload"
          aria-invalid={problem !== undefined}
          spellCheck={false}
          autoComplete="off"
          rows={14}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              submit();
            }
          }}
        />
      </label>
      <p className={styles.hint} role={problem ? 'alert' : undefined} data-problem={problem !== undefined || undefined}>
        {problem ?? 'Task, queue, tags and machine stay the same; the newest version of the code runs.'}
      </p>
    </Dialog>
  );
}
