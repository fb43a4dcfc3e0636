import { ApiError, sentenceOf } from '../lib/problem';
import { Button } from './Button';
import { EmptyState } from './EmptyState';

export function ErrorState({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const title = error instanceof ApiError && error.status === 404 ? 'Not found' : 'This could not be loaded';
  return (
    <EmptyState icon="alert" title={title}>
      <p role="alert">{sentenceOf(error)}</p>
      <div>
        <Button icon="replay" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </EmptyState>
  );
}
