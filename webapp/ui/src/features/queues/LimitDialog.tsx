import { useState } from 'react';
import { useEnvironment } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import { overrideLimit, type QueueItem, resetLimit } from './api';

interface Props {
  queue: QueueItem;
  onClose(): void;
  onChanged(): void;
}

export function LimitDialog({ queue, onClose, onChanged }: Props) {
  const environment = useEnvironment();
  const { base, override, current } = queue.concurrency;
  const [text, setText] = useState(String(current ?? environment.concurrencyLimit));
  const onDone = () => {
    onChanged();
    onClose();
  };
  const save = useAction(() => overrideLimit(environment.id, queue, Number(text)), {
    isQuiet: true,
    done: `The limit of ${queue.name} is ${text}`,
    onDone,
  });
  const reset = useAction(() => resetLimit(environment.id, queue), {
    isQuiet: true,
    done: `${queue.name} has the limit of its version again`,
    onDone,
  });
  return (
    <FormDialog
      title={`Limit of ${queue.name}`}
      submit="Override"
      isBusy={save.isBusy}
      canSubmit={/^\d+$/.test(text)}
      error={save.error ?? reset.error}
      onSubmit={() => save.run()}
      onClose={onClose}
    >
      <TextField
        label="Runs at once"
        type="number"
        min={0}
        autoFocus
        hint={`The version says ${base ?? 'nothing'}; the environment allows ${environment.concurrencyLimit}. 0 holds all runs.`}
        value={text}
        onChange={setText}
      />
      {override !== null && (
        <div>
          <Button icon="replay" isBusy={reset.isBusy} onClick={() => reset.run()}>
            Go back to the version's limit
          </Button>
        </div>
      )}
    </FormDialog>
  );
}
