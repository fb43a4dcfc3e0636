import { useState } from 'react';
import { useEnvironment } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { CheckField, SelectField, TextField } from '../../ui/Field';
import { Fields, FormDialog } from '../../ui/Form';
import { createKey } from './api';
import styles from './KeysPage.module.css';

const SCOPES: { scope: string; meaning: string }[] = [
  { scope: 'trigger:tasks', meaning: 'Trigger tasks' },
  { scope: 'batchTrigger:tasks', meaning: 'Trigger batches' },
  { scope: 'read:runs', meaning: 'Read runs' },
  { scope: 'write:runs', meaning: 'Cancel and replay runs' },
  { scope: 'read:queues', meaning: 'Read queues' },
  { scope: 'write:queues', meaning: 'Pause queues and set limits' },
  { scope: 'write:schedules', meaning: 'Change schedules' },
  { scope: 'write:waitpoints', meaning: 'Make and complete tokens' },
  { scope: 'write:deployments', meaning: 'Deploy and promote' },
  { scope: 'write:envvars', meaning: 'Change variables' },
];

const DAYS = ['', '1', '7', '30', '90', '365'];
const DAY_MS = 86_400_000;

export function KeyDialog({ onClose, onMade }: { onClose(): void; onMade(secret: string): void }) {
  const environment = useEnvironment();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>(['trigger:tasks', 'read:runs']);
  const [other, setOther] = useState('');
  const [days, setDays] = useState('');
  const scopes = [...chosen, ...other.split(/[\s,]+/).filter(Boolean)];
  const create = useAction(
    () =>
      createKey(environment.id, {
        name: name.trim(),
        scopes,
        ...(days === '' ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
      }),
    { isQuiet: true, onDone: (made) => onMade(made.key) },
  );
  return (
    <FormDialog
      title="New key"
      submit="Make key"
      isWide
      isBusy={create.isBusy}
      canSubmit={name.trim() !== '' && scopes.length > 0}
      error={create.error}
      onSubmit={() => create.run()}
      onClose={onClose}
    >
      <Fields>
        <TextField label="Name" placeholder="Web shop" autoFocus value={name} onChange={setName} />
        <SelectField label="Ends" value={days} onChange={setDays}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {one === '' ? 'Never' : `In ${one} ${one === '1' ? 'day' : 'days'}`}
            </option>
          ))}
        </SelectField>
      </Fields>
      <fieldset className={styles.fieldset}>
        <legend>It may</legend>
        {SCOPES.map(({ scope, meaning }) => (
          <CheckField
            key={scope}
            label={
              <>
                {meaning} <code className={styles.quiet}>{scope}</code>
              </>
            }
            isChecked={chosen.includes(scope)}
            onChange={(isOn) => setChosen(isOn ? [...chosen, scope] : chosen.filter((one) => one !== scope))}
          />
        ))}
      </fieldset>
      <TextField
        label="Other scopes"
        placeholder="trigger:tasks:send-mail read:runs:run_…"
        hint="An action, a type and perhaps one thing, divided by colons"
        value={other}
        onChange={setOther}
      />
    </FormDialog>
  );
}
