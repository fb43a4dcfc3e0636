import { useState } from 'react';
import { includesRole, type Role } from '../../app/session';
import { useAction } from '../../lib/useAction';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import { invite, type Invited, ROLES } from './api';

interface Props {
  slug: string;
  mine: Role;
  onClose(): void;
  onInvited(invited: Invited): void;
}

export function InviteDialog({ slug, mine, onClose, onInvited }: Props) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('DEVELOPER');
  const send = useAction(() => invite(slug, email.trim(), role), {
    isQuiet: true,
    done: `${email.trim()} is a member now`,
    onDone: onInvited,
  });
  return (
    <FormDialog
      title="Invite somebody"
      submit="Invite"
      isBusy={send.isBusy}
      canSubmit={/^\S+@\S+$/.test(email.trim())}
      error={send.error}
      onSubmit={() => send.run()}
      onClose={onClose}
    >
      <TextField label="E-mail" type="email" autoFocus value={email} onChange={setEmail} />
      <SelectField label="Role" value={role} onChange={(value) => setRole(value as Role)}>
        {ROLES.filter((one) => includesRole(mine, one.role)).map((one) => (
          <option key={one.role} value={one.role}>
            {one.role.charAt(0) + one.role.slice(1).toLowerCase()} – {one.meaning.toLowerCase()}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
