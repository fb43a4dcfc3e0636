import { useSession } from '../../app/session';
import { useLoaded } from '../../lib/useLoaded';
import { usePages } from '../../lib/usePages';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Listing } from '../../ui/Listing';
import { Pager } from '../../ui/Pager';
import { RelativeTime } from '../../ui/Time';
import { fetchAudit } from './api';

const PAGE = 50;

export function AuditLog({ slug }: { slug: string }) {
  const { environments } = useSession();
  const pages = usePages();
  const events = useLoaded((signal) => fetchAudit(slug, pages.cursor, signal), `${slug} ${pages.cursor ?? ''}`);
  return (
    <Listing
      of={events}
      label="audit log"
      isEmpty={(data) => data.length === 0 && pages.isFirst}
      empty={
        <EmptyState icon="eye" title="Nothing has been changed yet">
          <p>Keys, members, variables and deployments: whoever changes them is noted here.</p>
        </EmptyState>
      }
    >
      {(data) => (
        <DataTable
          label="Audit log"
          items={data}
          keyOf={({ id }) => id}
          footer={<Pager pages={pages} next={data.length === PAGE ? data.at(-1)?.id : undefined} />}
          columns={[
            { id: 'at', header: 'When', cell: ({ at }) => <RelativeTime at={at} /> },
            {
              id: 'actor',
              header: 'Who',
              from: 'medium',
              cell: ({ actor, actorKind }) => whoIs(actor, actorKind),
            },
            { id: 'action', header: 'What', from: 'medium', cell: ({ action }) => <code>{action}</code> },
            {
              id: 'target',
              header: 'On',
              isMain: true,
              cell: ({ actor, actorKind, action, target, details }) => (
                <>
                  <div data-only="narrow">
                    <code>{action}</code>
                  </div>
                  <span title={details ?? target}>{[target, details].filter(Boolean).join(' · ')}</span>
                  <div data-only="narrow">{whoIs(actor, actorKind)}</div>
                </>
              ),
            },
            { id: 'address', header: 'From', from: 'wide', cell: ({ address }) => address ?? '' },
          ]}
        />
      )}
    </Listing>
  );

  function whoIs(actor: string, kind: string): string {
    return kind === 'person' ? actor : `${kind} of ${environments.find(({ id }) => id === actor)?.name ?? actor}`;
  }
}
