import { useLastEnvironment } from '../../app/environment';
import { useSession } from '../../app/session';
import { useSystem } from '../../app/system';
import { ThemePicker } from '../../app/ThemePicker';
import { CopyButton } from '../../ui/CopyButton';
import { Fact, Facts } from '../../ui/Facts';
import { DataTable } from '../../ui/DataTable';
import { PageBody, PageHead, Section } from '../../ui/Page';
import styles from './SettingsPage.module.css';

export function SettingsPage() {
  const { environments, system } = useSession();
  const current = useLastEnvironment();
  const { system: live } = useSystem();
  return (
    <>
      <PageHead title="Settings" />
      <PageBody isPadded>
        {current && (
          <Section title={`Project ${current.project.name}`} hint={`Of ${current.project.organization.title}`}>
            <Facts>
              <Fact name="Reference">
                <Copied text={current.project.ref} />
              </Fact>
              <Fact name="API address">
                <Copied text={location.origin} />
              </Fact>
            </Facts>
          </Section>
        )}
        <Section title="Environments" hint="What you may see, with the limits in force.">
          <DataTable
            label="Environments"
            items={environments}
            keyOf={({ id }) => id}
            columns={[
              { id: 'name', header: 'Environment', cell: (one) => <strong className={styles.name}>{one.name}</strong> },
              { id: 'project', header: 'Project', from: 'medium', cell: (one) => one.project.name },
              { id: 'id', header: 'Id', isMain: true, cell: (one) => <Copied text={one.id} /> },
              { id: 'limit', header: 'Runs at once', align: 'end', cell: (one) => one.concurrencyLimit },
              { id: 'role', header: 'Your role', from: 'medium', cell: (one) => one.role.toLowerCase() },
            ]}
          />
        </Section>
        <Section title="This server" hint="Limits and retention are settings of the server: runyard.* in its configuration.">
          <Facts>
            <Fact name="Version">{live?.version ?? system.version}</Fact>
            <Fact name="Queue">
              {live?.queue?.source === 'REDIS' ? 'Redis, rebuilt from PostgreSQL' : (live?.queue?.source ?? '–')}
            </Fact>
            <Fact name="Runs start in">{system.workloadManager ?? 'No supervisor has called yet'}</Fact>
          </Facts>
        </Section>
        <Section title="This browser">
          <div className={styles.theme}>
            <span>Theme</span>
            <ThemePicker />
          </div>
        </Section>
      </PageBody>
    </>
  );
}

function Copied({ text }: { text: string }) {
  return (
    <span className={styles.copied}>
      <code>{text}</code>
      <CopyButton text={text} label={`Copy ${text}`} />
    </span>
  );
}
