import { useToast } from './Toast';

/** Puts a text on the clipboard and says so. */
export function useCopy(): (text: string, done: string) => void {
  const toast = useToast();
  return (text, done) =>
    void writeClipboard(text).then(
      () => toast(done),
      () => toast('The browser did not allow copying.', 'error'),
    );
}

export async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text);
  }
  // Browsers offer the clipboard only to https and localhost, but servers at home are often plain http.
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('readonly', '');
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied ? undefined : Promise.reject(new Error('not copied'));
}
