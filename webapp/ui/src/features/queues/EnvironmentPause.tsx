import { useState } from 'react';
import { useEnvironment, useMayChange } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { RelativeTime } from '../../ui/Time';
import { fetchPause, setEnvironmentPaused } from './api';
import styles from './QueuesPage.module.css';

/** Says whether the environment is paused, and lets people pause and resume it. */
export function EnvironmentPause({ onChanged }: { onChanged(): void }) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const [isAsking, setAsking] = useState(false);
  const pause = useLoaded((signal) => fetchPause(environment.id, signal), environment.id);
  const set = useAction((isPaused: boolean) => setEnvironmentPaused(environment.id, isPaused), {
    done: ({ isPaused }) => `${environment.name} is ${isPaused ? 'paused' : 'resumed'}`,
    onDone: () => {
      setAsking(false);
      pause.reload();
      onChanged();
    },
  });
  if (!pause.data) {
    return null;
  }
  const { isPaused, since } = pause.data;
  return (
    <>
      {isPaused && (
        <span className={styles.paused} role="status">
          Paused {since && <RelativeTime at={since} />}
        </span>
      )}
      <Button
        icon={isPaused ? 'play' : 'pause'}
        disabled={!mayChange}
        isBusy={set.isBusy}
        onClick={() => (isPaused ? set.run(false) : setAsking(true))}
      >
        {isPaused ? 'Resume environment' : 'Pause environment'}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Pause ${environment.name}?`}
          confirm="Pause"
          isDangerous={false}
          isBusy={set.isBusy}
          onConfirm={() => set.run(true)}
          onClose={() => setAsking(false)}
        >
          <p>No run of it starts until it is resumed. Runs are still accepted and wait; those that execute go on.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
