import { useState } from 'react';
import { useEnvironment, useMayChange } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { plural } from '../../lib/format';
import { Badge } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { CopyButton } from '../../ui/CopyButton';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { CheckField, TextArea, TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import { Listing } from '../../ui/Listing';
import { PageBody, PageHead } from '../../ui/Page';
import {
  createVariable,
  deleteVariable,
  fetchVariables,
  importVariables,
  parseLines,
  updateVariable,
  type Variable,
} from './api';
import styles from './VariablesPage.module.css';

type Open = { name: 'new' } | { name: 'import' } | { name: 'edit' | 'delete'; variable: Variable };

export function VariablesPage() {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  return mayChange ? (
    <Variables key={environment.id} />
  ) : (
    <>
      <PageHead title="Variables" />
      <EmptyState icon="braces" title="Variables are for developers">
        <p>Your role in this organization lets you look at runs, but not at variables. Ask an administrator.</p>
      </EmptyState>
    </>
  );
}

function Variables() {
  const environment = useEnvironment();
  const variables = useLoaded((signal) => fetchVariables(environment, signal), environment.id);
  const [open, setOpen] = useState<Open>();
  const dialog = { onClose: () => setOpen(undefined), onDone: variables.reload };
  const tools = (
    <>
      <Button icon="arrowIn" onClick={() => setOpen({ name: 'import' })}>
        Paste many
      </Button>
      <Button look="primary" icon="plus" onClick={() => setOpen({ name: 'new' })}>
        New variable
      </Button>
    </>
  );
  return (
    <>
      <PageHead title="Variables">{tools}</PageHead>
      <PageBody>
        <Listing
          of={variables}
          label="variables"
          isEmpty={(data) => data.length === 0}
          empty={
            <EmptyState icon="braces" title={`No variables in ${environment.name}`}>
              <p>
                What stands here is in the environment of every run, and is stored sealed. A secret is shown to nobody
                again. Paste the lines of a <code>.env</code> file to begin.
              </p>
            </EmptyState>
          }
        >
          {(data) => <DataTable label="Variables" columns={columnsOf(setOpen)} items={data} keyOf={({ name }) => name} />}
        </Listing>
      </PageBody>
      {open?.name === 'new' && <VariableDialog {...dialog} />}
      {open?.name === 'edit' && <VariableDialog variable={open.variable} {...dialog} />}
      {open?.name === 'import' && <ImportDialog {...dialog} />}
      {open?.name === 'delete' && <DeleteDialog variable={open.variable} {...dialog} />}
    </>
  );
}

function columnsOf(onOpen: (open: Open) => void): DataColumn<Variable>[] {
  return [
    { id: 'name', header: 'Name', cell: ({ name }) => <code className={styles.name}>{name}</code> },
    { id: 'value', header: 'Value', isMain: true, cell: (variable) => <Value variable={variable} /> },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (variable) => (
        <span className={styles.actions}>
          <IconButton icon="edit" label={`Change ${variable.name}`} onClick={() => onOpen({ name: 'edit', variable })} />
          <IconButton icon="trash" label={`Delete ${variable.name}`} onClick={() => onOpen({ name: 'delete', variable })} />
        </span>
      ),
    },
  ];
}

/** Values are covered until somebody asks: screens are shared. */
function Value({ variable }: { variable: Variable }) {
  const [isShown, setShown] = useState(false);
  if (variable.isSecret) {
    return <Badge tone="grey" icon="key" label="Secret" title="Nobody can read it again" />;
  }
  return (
    <span className={styles.value}>
      <code title={isShown ? variable.value : undefined}>{isShown ? variable.value : '••••••••'}</code>
      <IconButton
        icon="eye"
        label={`${isShown ? 'Hide' : 'Show'} ${variable.name}`}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      />
      <CopyButton text={variable.value} label={`Copy ${variable.name}`} />
    </span>
  );
}

interface DialogProps {
  onClose(): void;
  onDone(): void;
}

function VariableDialog({ variable, onClose, onDone }: DialogProps & { variable?: Variable }) {
  const environment = useEnvironment();
  const [name, setName] = useState(variable?.name ?? '');
  const [value, setValue] = useState(variable?.isSecret === false ? variable.value : '');
  const [isSecret, setSecret] = useState(variable?.isSecret ?? false);
  const save = useAction(
    () =>
      variable ? updateVariable(environment, name, value) : createVariable(environment, { name: name.trim(), value, isSecret }),
    {
      isQuiet: true,
      done: `${name} is saved; runs that start from now on have it`,
      onDone: () => {
        onDone();
        onClose();
      },
    },
  );
  return (
    <FormDialog
      title={variable ? `Change ${variable.name}` : 'New variable'}
      submit="Save"
      isBusy={save.isBusy}
      canSubmit={name.trim() !== ''}
      error={save.error}
      onSubmit={() => save.run()}
      onClose={onClose}
    >
      {!variable && <TextField label="Name" placeholder="DATABASE_URL" autoFocus value={name} onChange={setName} />}
      <TextArea
        label="Value"
        rows={3}
        autoFocus={variable !== undefined}
        hint={variable?.isSecret ? 'The present value is hidden; this one replaces it.' : undefined}
        value={value}
        onChange={setValue}
      />
      {!variable && (
        <CheckField label="Secret: nobody can read it again" isChecked={isSecret} onChange={setSecret} />
      )}
    </FormDialog>
  );
}

function ImportDialog({ onClose, onDone }: DialogProps) {
  const environment = useEnvironment();
  const [text, setText] = useState('');
  const [isSecret, setSecret] = useState(false);
  const found = parseLines(text);
  const count = Object.keys(found).length;
  const save = useAction(() => importVariables(environment, found, isSecret), {
    isQuiet: true,
    done: `${plural(count, 'variable')} saved`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <FormDialog
      title="Paste many variables"
      submit={`Save ${plural(count, 'variable')}`}
      isWide
      isBusy={save.isBusy}
      canSubmit={count > 0}
      error={save.error}
      onSubmit={() => save.run()}
      onClose={onClose}
    >
      <TextArea
        label="Lines of a .env file"
        rows={10}
        autoFocus
        placeholder={'DATABASE_URL="postgres://…"\nAPI_TOKEN=…'}
        hint="Names that exist get the new value."
        value={text}
        onChange={setText}
      />
      <CheckField label="All of them are secrets" isChecked={isSecret} onChange={setSecret} />
    </FormDialog>
  );
}

function DeleteDialog({ variable, onClose, onDone }: DialogProps & { variable: Variable }) {
  const environment = useEnvironment();
  const remove = useAction(() => deleteVariable(environment, variable.name), {
    isQuiet: true,
    done: `${variable.name} is deleted`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${variable.name}?`}
      confirm="Delete variable"
      isBusy={remove.isBusy}
      error={remove.error}
      onConfirm={() => remove.run()}
      onClose={onClose}
    >
      <p>Runs that start from now on do without it.</p>
    </ConfirmDialog>
  );
}
