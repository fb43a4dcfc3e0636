import { useAction } from '../../lib/useAction';
import { Button, IconButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { RelativeTime } from '../../ui/Time';
import { issueToken, revokeToken, type WorkerGroup, type WorkerToken } from './groups';

interface Props {
  slug: string;
  group: WorkerGroup;
  onClose(): void;
  onMade(token: string): void;
  onChanged(): void;
}

/** Tokens of a group: make the next before you end the former, and no supervisor is ever without. */
export function TokensDialog({ slug, group, onClose, onMade, onChanged }: Props) {
  const issue = useAction(() => issueToken(slug, group.id), { onDone: (made) => onMade(made.token) });
  const revoke = useAction((token: WorkerToken) => revokeToken(slug, group.id, token.id), {
    done: 'The token has ended',
    onDone: onChanged,
  });
  return (
    <Dialog
      title={`Tokens of ${group.name}`}
      onClose={onClose}
      isWide
      actions={
        <Button look="primary" icon="plus" isBusy={issue.isBusy} onClick={() => issue.run()}>
          New token
        </Button>
      }
    >
      <p>A supervisor with a token that has ended takes no more runs, and cannot report those that it executes.</p>
      <DataTable
        label={`Tokens of ${group.name}`}
        items={group.tokens}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'token',
            header: 'Token',
            isMain: true,
            cell: ({ lastFour }) => <code>{lastFour === undefined ? '…' : `…${lastFour}`}</code>,
          },
          { id: 'made', header: 'Made', align: 'end', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
          {
            id: 'actions',
            header: '',
            align: 'end',
            cell: (token) => (
              <IconButton
                icon="trash"
                label={`End the token …${token.lastFour ?? ''}`}
                disabled={revoke.isBusy}
                onClick={() => revoke.run(token)}
              />
            ),
          },
        ]}
      />
    </Dialog>
  );
}
