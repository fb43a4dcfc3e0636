import { useState } from 'react';
import { useEnvironment } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { CheckField, SelectField, TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import { type Channel, type ChannelKind, createChannel, updateChannel } from './api';

interface Props {
  channel?: Channel;
  canMail: boolean;
  onClose(): void;
  onSaved(secret: string | undefined): void;
}

const TARGETS: Record<ChannelKind, { label: string; placeholder: string }> = {
  WEBHOOK: { label: 'Address', placeholder: 'https://example.com/hooks/runyard' },
  SLACK: { label: 'Address of the incoming webhook', placeholder: 'https://hooks.slack.com/services/…' },
  EMAIL: { label: 'E-mail', placeholder: 'oncall@example.com' },
};

export function ChannelDialog({ channel, canMail, onClose, onSaved }: Props) {
  const environment = useEnvironment();
  const [name, setName] = useState(channel?.name ?? '');
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'WEBHOOK');
  const [target, setTarget] = useState('');
  const [onRunFailure, setRunFailure] = useState(channel?.onRunFailure ?? true);
  const [onDeployment, setDeployment] = useState(channel?.onDeployment ?? false);
  const [isEnabled, setEnabled] = useState(channel?.isEnabled ?? true);
  const save = useAction(
    async () => {
      const draft = { name: name.trim(), onRunFailure, onDeployment, isEnabled };
      if (channel) {
        await updateChannel(environment.id, channel.id, draft);
        return undefined;
      }
      return (await createChannel(environment.id, { ...draft, kind, target: target.trim() })).secret;
    },
    { isQuiet: true, done: 'The alert is saved', onDone: onSaved },
  );
  return (
    <FormDialog
      title={channel ? `Edit ${channel.name}` : 'New alert'}
      submit="Save"
      isBusy={save.isBusy}
      canSubmit={name.trim() !== '' && (channel !== undefined || target.trim() !== '')}
      error={save.error}
      onSubmit={() => save.run()}
      onClose={onClose}
    >
      <TextField label="Name" placeholder="On call" autoFocus value={name} onChange={setName} />
      {!channel && (
        <>
          <SelectField label="By" value={kind} onChange={(value) => setKind(value as ChannelKind)}>
            <option value="WEBHOOK">Webhook</option>
            <option value="SLACK">Slack</option>
            <option value="EMAIL" disabled={!canMail}>
              E-mail{canMail ? '' : ' (the server has no mail server)'}
            </option>
          </SelectField>
          <TextField {...TARGETS[kind]} value={target} onChange={setTarget} />
        </>
      )}
      <div>
        <CheckField label="When a run fails for good" isChecked={onRunFailure} onChange={setRunFailure} />
        <CheckField label="When a version is deployed" isChecked={onDeployment} onChange={setDeployment} />
        {channel && <CheckField label="Switched on" isChecked={isEnabled} onChange={setEnabled} />}
      </div>
    </FormDialog>
  );
}
