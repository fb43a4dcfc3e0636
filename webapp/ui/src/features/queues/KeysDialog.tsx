import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { useLoaded } from '../../lib/useLoaded';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { Listing } from '../../ui/Listing';
import { fetchKeys, fullName, type QueueItem } from './api';
import styles from './QueuesPage.module.css';

/** How a queue's runs divide among its concurrency keys. */
export function KeysDialog({ queue, onClose }: { queue: QueueItem; onClose(): void }) {
  const environment = useEnvironment();
  const keys = useLoaded((signal) => fetchKeys(environment.id, queue, signal), queue.id);
  return (
    <Dialog title={`Concurrency keys of ${queue.name}`} onClose={onClose} isWide>
      <p className={styles.note}>
        Each key has the limit for itself. <Link to={`/envs/${environment.slug}/runs?queue=${encodeURIComponent(fullName(queue))}`}>All runs of the queue</Link>
      </p>
      <Listing
        of={keys}
        label="keys"
        isEmpty={(data) => data.length === 0}
        empty={<p className={styles.note}>No run of this queue waits or executes now.</p>}
      >
        {(data) => (
          <DataTable
            label="Concurrency keys"
            items={data}
            keyOf={(key) => key.concurrencyKey}
            columns={[
              {
                id: 'key',
                header: 'Key',
                isMain: true,
                cell: (key) => key.concurrencyKey || <span className={styles.quiet}>without a key</span>,
              },
              { id: 'queued', header: 'Queued', align: 'end', cell: (key) => key.queued.toLocaleString('en-US') },
              { id: 'running', header: 'Running', align: 'end', cell: (key) => key.running.toLocaleString('en-US') },
            ]}
          />
        )}
      </Listing>
    </Dialog>
  );
}
