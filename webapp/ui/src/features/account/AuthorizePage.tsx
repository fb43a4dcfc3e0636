import { useState } from 'react';
import { useParams } from 'react-router';
import { useSession } from '../../app/session';
import { useAction } from '../../lib/useAction';
import { Button } from '../../ui/Button';
import { Problem } from '../../ui/Form';
import { PageBody, PageHead, Section } from '../../ui/Page';
import styles from './AccountPage.module.css';
import { confirmCode } from './api';

/** Where a command line sends its user to let it act for them. */
export function AuthorizePage() {
  const { code = '' } = useParams();
  const { user } = useSession();
  const [isDone, setDone] = useState(false);
  const confirm = useAction(() => confirmCode(code), { isQuiet: true, onDone: () => setDone(true) });
  return (
    <>
      <PageHead title="Sign in a command line" />
      <PageBody isPadded>
        <Section title="A command line asks to act as you">
          <div className={styles.form}>
            <p>
              It gets a personal token of <strong>{user.email}</strong> and may do what you may. Go on only if you have just
              started it yourself and it shows this code:
            </p>
            <p>
              <code>{code}</code>
            </p>
            {confirm.error !== undefined && <Problem>{confirm.error}</Problem>}
            {isDone ? (
              <p role="status">It is signed in. You may close this page and go back to your terminal.</p>
            ) : (
              <div>
                <Button look="primary" isBusy={confirm.isBusy} onClick={() => confirm.run()}>
                  Sign it in
                </Button>
              </div>
            )}
          </div>
        </Section>
      </PageBody>
    </>
  );
}
