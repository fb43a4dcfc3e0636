import type { ReactNode } from 'react';
import { FormDialog } from './Form';

interface Props {
  title: string;
  confirm: string;
  isBusy: boolean;
  error?: string | undefined;
  isDangerous?: boolean;
  onConfirm(): void;
  onClose(): void;
  children: ReactNode;
}

/** Asks before something that cannot be taken back, and says what it will do. */
export function ConfirmDialog({ confirm, onConfirm, isDangerous = true, ...rest }: Props) {
  return <FormDialog {...rest} submit={confirm} onSubmit={onConfirm} isDangerous={isDangerous} />;
}
