import { useEffect } from 'react';
import { useEnvironment } from '../../app/environment';
import { useLoaded } from '../../lib/useLoaded';
import { Badge, type Tone } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import type { IconName } from '../../ui/Icon';
import { Listing } from '../../ui/Listing';
import { RelativeTime } from '../../ui/Time';
import { type Channel, type Delivery, fetchDeliveries } from './api';

const KINDS: Record<Delivery['kind'], string> = {
  RUN_FAILURE: 'Failed run',
  DEPLOYMENT: 'Deployment',
  TEST: 'Test',
};

const LOOKS: Record<Delivery['status'], { tone: Tone; icon: IconName; label: string }> = {
  PENDING: { tone: 'blue', icon: 'spinner', label: 'On its way' },
  SENT: { tone: 'green', icon: 'check', label: 'Sent' },
  FAILED: { tone: 'red', icon: 'cross', label: 'Failed' },
};

const EVERY_MS = 1500;

/** What was sent to a channel, with what came back. */
export function DeliveriesDialog({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const environment = useEnvironment();
  const log = useLoaded((signal) => fetchDeliveries(environment.id, channel.id, signal), channel.id);
  const { reload } = log;
  useEffect(() => {
    const timer = setInterval(reload, EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <Dialog title={`Sent to ${channel.name}`} onClose={onClose} isWide>
      <Listing of={log} label="log" isEmpty={(data) => data.length === 0} empty={<p>Nothing was sent yet.</p>}>
        {(data) => (
          <DataTable
            label="Messages"
            items={data}
            keyOf={({ id }) => id}
            columns={[
              { id: 'kind', header: 'About', cell: ({ kind }) => KINDS[kind] },
              {
                id: 'status',
                header: 'Status',
                cell: ({ status }) => (
                  <Badge {...LOOKS[status]} isSpinning={status === 'PENDING'} />
                ),
              },
              { id: 'attempts', header: 'Tries', align: 'end', cell: ({ attempts }) => attempts },
              {
                id: 'answer',
                header: 'Answer',
                isMain: true,
                cell: ({ lastAnswer }) => <span title={lastAnswer}>{lastAnswer ?? '–'}</span>,
              },
              { id: 'at', header: 'When', align: 'end', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
            ]}
          />
        )}
      </Listing>
    </Dialog>
  );
}
