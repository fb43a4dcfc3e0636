import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import { type BulkKind, type BulkTarget, startBulkAction } from './api';

interface Props {
  kind: BulkKind;
  target: BulkTarget;
  /** What it is about, such as `12 runs that you selected`. */
  about: string;
  onClose(): void;
}

/** Asks once before many runs are touched, and leads to where the progress stands. */
export function BulkDialog({ kind, target, about, onClose }: Props) {
  const environment = useEnvironment();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const start = useAction(() => startBulkAction(environment.id, kind, target, name), {
    isQuiet: true,
    done: 'The bulk action has begun',
    onDone: () => {
      onClose();
      void navigate(`/envs/${environment.slug}/bulk-actions`);
    },
  });
  const verb = kind === 'cancel' ? 'Cancel' : 'Replay';
  return (
    <FormDialog
      title={`${verb} ${about}?`}
      submit={`${verb} them`}
      isDangerous={kind === 'cancel'}
      isBusy={start.isBusy}
      error={start.error}
      onSubmit={() => start.run()}
      onClose={onClose}
    >
      <p>
        {kind === 'cancel'
          ? 'Code that runs is interrupted; what it has done already is not undone. Runs that have ended stay as they are.'
          : 'Each becomes a new run with the same payload and options, of the current version.'}
      </p>
      <TextField label="Name" placeholder="Why, for those who look later" value={name} onChange={setName} />
    </FormDialog>
  );
}
