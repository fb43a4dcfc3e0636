import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { shortId } from '../../lib/format';
import { sentenceOf } from '../../lib/problem';
import { useShortcuts } from '../../lib/useShortcuts';
import { Button, IconButton } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { useToast } from '../../ui/Toast';
import { cancelRun, replayRun, type RunDetail } from './api';
import { CopyMenu } from './CopyMenu';
import { ReplayDialog } from './ReplayDialog';
import styles from './RunActions.module.css';

interface Props {
  run: RunDetail;
  isOver: boolean;
  onChanged(): void;
}

export function RunActions({ run, isOver, onChanged }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const isWhole = run.payload?.truncated !== true;
  const replay = useReplay(run.id);
  const cancel = useCancel(run.id, onChanged);
  const ask = () => !isOver && setAsking(true);
  useShortcuts({ r: () => replay.start(undefined), R: () => isWhole && setEditing(true), c: ask });

  return (
    <div className={styles.actions}>
      {isWhole && <CopyMenu run={run} />}
      <span className={styles.pair}>
        <Button
          icon="replay"
          title="Run again with the same payload (r)"
          isBusy={replay.isBusy}
          onClick={() => replay.start(undefined)}
        >
          Replay
        </Button>
        {isWhole && (
          <IconButton icon="edit" label="Replay with another payload (shift r)" onClick={() => setEditing(true)} />
        )}
      </span>
      {!isOver && (
        <Button look="danger" icon="stop" title="Cancel (c)" isBusy={cancel.isBusy} onClick={ask}>
          Cancel run
        </Button>
      )}
      {isEditing && (
        <ReplayDialog run={run} isBusy={replay.isBusy} onReplay={replay.start} onClose={() => setEditing(false)} />
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
  const start = (payload: string | undefined) => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    replayRun(id, runId, payload)
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
