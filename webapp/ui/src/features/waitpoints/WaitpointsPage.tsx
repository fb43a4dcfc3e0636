import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { shortId } from '../../lib/format';
import { useAction } from '../../lib/useAction';
import { useLive } from '../../lib/useLive';
import { useLoaded } from '../../lib/useLoaded';
import { type Pages, usePages } from '../../lib/usePages';
import { Badge, Tag, type Tone } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { CodeBlock, JsonView } from '../../ui/CodeBlock';
import { CopyButton } from '../../ui/CopyButton';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import { TextArea } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import type { IconName } from '../../ui/Icon';
import { Listing } from '../../ui/Listing';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { PageBar, PageBody, PageHead } from '../../ui/Page';
import { Pager } from '../../ui/Pager';
import { RelativeTime } from '../../ui/Time';
import { jsonProblem } from '../test/schemaForm';
import { completeToken, fetchToken, fetchTokens, type TokenItem } from './api';
import styles from './WaitpointsPage.module.css';

const LOOKS: Record<TokenItem['status'], { tone: Tone; icon: IconName; label: string }> = {
  WAITING: { tone: 'violet', icon: 'hourglass', label: 'Waiting' },
  COMPLETED: { tone: 'green', icon: 'check', label: 'Completed' },
  TIMED_OUT: { tone: 'amber', icon: 'clock', label: 'Timed out' },
};

const CHOICES = [
  { value: '', label: 'All' },
  { value: 'WAITING', label: 'Waiting' },
  { value: 'COMPLETED', label: 'Completed' },
  { value: 'TIMED_OUT', label: 'Timed out' },
];

export function WaitpointsPage() {
  const [search, setSearch] = useSearchParams();
  const status = CHOICES.find(({ value }) => value === search.get('status'))?.value ?? '';
  return (
    <Tokens
      key={status}
      status={status}
      onStatus={(value) => setSearch(value === '' ? {} : { status: value }, { replace: true })}
    />
  );
}

function Tokens({ status, onStatus }: { status: string; onStatus(status: string): void }) {
  const environment = useEnvironment();
  const pages = usePages();
  const tokens = useLoaded(
    (signal) => fetchTokens(environment.id, status, pages.cursor, signal),
    `${environment.id} ${status} ${pages.cursor ?? ''}`,
  );
  const live = useLive(environment.id, tokens.reload, 5000);
  const [open, setOpen] = useState<TokenItem>();
  return (
    <>
      <PageHead title="Waitpoint tokens">
        <LiveIndicator {...live} />
      </PageHead>
      <PageBar>
        <Choices label="Status of tokens" choices={CHOICES} value={status} onChange={onStatus} />
      </PageBar>
      <PageBody>
        <Listing
          of={tokens}
          label="tokens"
          isEmpty={({ data }) => data.length === 0}
          empty={status === '' ? <FirstToken /> : <EmptyState icon="ticket" title="No token is in this state" />}
        >
          {({ data, pagination }) => (
            <TokenTable items={data} pages={pages} next={pagination.next} onOpen={setOpen} />
          )}
        </Listing>
      </PageBody>
      {open?.status === 'WAITING' && (
        <CompleteDialog token={open} onClose={() => setOpen(undefined)} onDone={tokens.reload} />
      )}
      {open && open.status !== 'WAITING' && <OutputDialog token={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface TableProps {
  items: TokenItem[];
  pages: Pages;
  next: string | undefined;
  onOpen(token: TokenItem): void;
}

function TokenTable({ items, pages, next, onOpen }: TableProps) {
  const mayChange = useMayChange();
  const columns: DataColumn<TokenItem>[] = [
    {
      id: 'id',
      header: 'Token',
      isMain: true,
      cell: ({ id }) => (
        <span className={styles.id}>
          <code title={id}>{shortId(id)}</code>
          <span data-from="medium">
            <CopyButton text={id} label={`Copy ${id}`} />
          </span>
        </span>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      cell: (token) => {
        const look = LOOKS[token.status];
        return <Badge tone={look.tone} icon={look.icon} label={look.label} />;
      },
    },
    {
      id: 'tags',
      header: 'Tags',
      from: 'medium',
      cell: ({ tags }) => (
        <span className={styles.tags}>
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    },
    { id: 'key', header: 'Idempotency key', from: 'wide', cell: ({ idempotencyKey }) => idempotencyKey ?? '' },
    {
      id: 'times',
      header: 'Times out',
      from: 'wide',
      cell: ({ timeoutAt }) => (timeoutAt === undefined ? '–' : <RelativeTime at={timeoutAt} />),
    },
    { id: 'created', header: 'Created', from: 'medium', align: 'end', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (token) =>
        token.status === 'WAITING' ? (
          <Button icon="check" disabled={!mayChange} onClick={() => onOpen(token)}>
            Complete
          </Button>
        ) : (
          <Button look="ghost" icon="eye" onClick={() => onOpen(token)}>
            Output
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      label="Waitpoint tokens"
      columns={columns}
      items={items}
      keyOf={(token) => token.id}
      footer={<Pager pages={pages} next={next} />}
    />
  );
}

function CompleteDialog({ token, onClose, onDone }: { token: TokenItem; onClose(): void; onDone(): void }) {
  const environment = useEnvironment();
  const [text, setText] = useState('{}');
  const problem = jsonProblem(text);
  const complete = useAction(
    () => completeToken(environment.id, token.id, text.trim() === '' ? undefined : (JSON.parse(text) as unknown)),
    {
      isQuiet: true,
      done: 'The token is completed; what waited for it goes on',
      onDone: () => {
        onDone();
        onClose();
      },
    },
  );
  return (
    <FormDialog
      title="Complete this token"
      submit="Complete token"
      isWide
      isBusy={complete.isBusy}
      canSubmit={problem === undefined}
      error={complete.error}
      onSubmit={() => complete.run()}
      onClose={onClose}
    >
      <p>Every run that waits for it goes on, and gets this as the result of its wait.</p>
      <TextArea label="Data" rows={8} value={text} problem={problem} onChange={setText} />
      <CodeBlock title="From outside, without a key" text={`curl -X POST '${token.url}' -d '{}'`} />
    </FormDialog>
  );
}

function OutputDialog({ token, onClose }: { token: TokenItem; onClose(): void }) {
  const environment = useEnvironment();
  const full = useLoaded((signal) => fetchToken(environment.id, token.id, signal), token.id);
  return (
    <Dialog title={LOOKS[token.status].label} onClose={onClose} isWide>
      <Listing
        of={full}
        label="output"
        isEmpty={({ output }) => output === undefined}
        empty={<p>It was completed without data.</p>}
      >
        {({ output, outputType, outputIsError }) => (
          <JsonView
            title={outputIsError ? 'Error' : 'Data'}
            text={output ?? ''}
            type={outputType ?? 'application/json'}
            isTruncated={false}
          />
        )}
      </Listing>
    </Dialog>
  );
}

function FirstToken() {
  return (
    <EmptyState icon="ticket" title="No run waits for a token">
      <p>A task makes a token, hands it to a person or another system, and waits without holding a slot until it is completed.</p>
      <CodeBlock
        title="Java"
        text={'WaitToken token = context.createToken(TokenOptions.timeout(Duration.ofDays(2)));\nsendForApproval(token.url());\nTokenResult<Approval> answer = context.waitForToken(token.id(), Approval.class);'}
      />
    </EmptyState>
  );
}
