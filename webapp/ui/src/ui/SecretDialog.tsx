import { Button } from './Button';
import { CodeBlock } from './CodeBlock';
import { Dialog } from './Dialog';

interface Props {
  title: string;
  secret: string;
  note: string;
  onClose(): void;
}

/** Shows what nobody can read again. */
export function SecretDialog({ title, secret, note, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose} isWide actions={<Button onClick={onClose}>I have copied it</Button>}>
      <p>{note}</p>
      <br />
      <CodeBlock title="Secret" text={secret} hint="shown once" />
    </Dialog>
  );
}
