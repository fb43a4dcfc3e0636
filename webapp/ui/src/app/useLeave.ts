import { useNavigate } from 'react-router';
import { ApiError, sentenceOf } from '../lib/problem';
import { useToast } from '../ui/Toast';
import { signOut } from './session';

export function useLeave() {
  const navigate = useNavigate();
  const toast = useToast();
  return () =>
    signOut().then(
      () => navigate('/login'),
      (error: unknown) => {
        // Whose session has ended already is out, which is what was asked for.
        if (error instanceof ApiError && error.status === 401) {
          void navigate('/login');
        } else {
          toast(sentenceOf(error), 'error');
        }
      },
    );
}
