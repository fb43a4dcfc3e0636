import { useState } from 'react';
import { useAction } from '../../lib/useAction';
import { TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import { createGroup } from './groups';

interface Props {
  slug: string;
  onClose(): void;
  onMade(token: string): void;
}

export function NewGroupDialog({ slug, onClose, onMade }: Props) {
  const [name, setName] = useState('');
  const create = useAction(() => createGroup(slug, name.trim()), {
    isQuiet: true,
    onDone: (made) => onMade(made.token),
  });
  return (
    <FormDialog
      title="New worker group"
      submit="Make group"
      isBusy={create.isBusy}
      canSubmit={name.trim() !== ''}
      error={create.error}
      onSubmit={() => create.run()}
      onClose={onClose}
    >
      <TextField
        label="Name"
        placeholder="gpu"
        hint="Small letters, digits and hyphens"
        autoFocus
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
