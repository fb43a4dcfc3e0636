import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { triggerCommand } from '../../lib/curl';
import { shortId } from '../../lib/format';
import { sentenceOf } from '../../lib/problem';
import { useShortcuts } from '../../lib/useShortcuts';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { useToast } from '../../ui/Toast';
import { cancelRun, replayRun, type RunDetail } from './api';
import styles from './RunActions.module.css';

interface Props {
  run: RunDetail;
  isOver: boolean;
  onChanged(): void;
}

export function RunActions({ run, isOver, onChanged }: Props) {
  const [isAsking, setAsking] = useState(false);
  const replay = useReplay(run.id);
  const cancel = useCancel(run.id, onChanged);
  const ask = () => !isOver && setAsking(true);
  useShortcuts({ r: replay.start, c: ask });

  return (
    <div className={styles.actions}>
      {run.payload?.truncated !== true && (
        <CopyButton
          caption="Copy as curl"
          label="Copy a command that triggers the same task with the same payload"
          text={() => triggerCommand(location.origin, run.taskId, payloadAsJson(run))}
        />
      )}
      <Button icon="replay" title="Run again with the same payload (r)" isBusy={replay.isBusy} onClick={replay.start}>
        Replay
      </Button>
      {!isOver && (
        <Button look="danger" icon="stop" title="Cancel (c)" isBusy={cancel.isBusy} onClick={ask}>
          Cancel run
        </Button>
      )}
      {isAsking && !isOver && (
        <Dialog
          title="Cancel this run?"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button
                look="danger"
                icon="stop"
                onClick={() => {
                  setAsking(false);
                  cancel.start();
                }}
              >
                Confirm cancellation
              </Button>
            </>
          }
        >
          <p>
            {run.startedAt === undefined
              ? 'It has not started, and it never will.'
              : 'Its code is interrupted. What it has done already is not undone.'}
          </p>
        </Dialog>
      )}
    </div>
  );
}

function useReplay(runId: string) {
  const { id, slug } = useEnvironment();
  const navigate = useNavigate();
  const toast = useToast();
  const [isBusy, setBusy] = useState(false);
  const start = () => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    replayRun(id, runId)
      .then(
        (created) => {
          toast(`Replayed as ${shortId(created.id)}`);
          navigate(`/envs/${slug}/runs/${created.id}`);
        },
        (error: unknown) => toast(sentenceOf(error), 'error'),
      )
      .finally(() => setBusy(false));
  };
  return { isBusy, start };
}

function useCancel(runId: string, onChanged: () => void) {
  const { id } = useEnvironment();
  const toast = useToast();
  const [isBusy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    cancelRun(id, runId)
      .then(
        () => toast('Cancellation was requested'),
        (error: unknown) => toast(sentenceOf(error), 'error'),
      )
      .finally(() => {
        setBusy(false);
        onChanged();
      });
  };
  return { isBusy, start };
}

/** Payloads of JSON go into the command as they are; any other text becomes a JSON string. */
function payloadAsJson({ payload }: RunDetail): string {
  if (payload === undefined) {
    return '{}';
  }
  return payload.type.includes('json') ? payload.text : JSON.stringify(payload.text);
}
