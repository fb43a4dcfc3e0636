import type { IconName } from '../ui/Icon';

export const OPEN_PALETTE = 'runyard:palette';

export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_PALETTE));
}

export interface Command {
  id: string;
  label: string;
  icon: IconName;
  /** What kind of thing it is, said at the end of the line. */
  kind: string;
  words?: string;
  run(): void;
}

/** Higher is better; undefined where the text does not fit. Every word of it must be found. */
export function scoreOf(command: { label: string; words?: string | undefined }, text: string): number | undefined {
  const label = command.label.toLowerCase();
  const all = `${label} ${command.words?.toLowerCase() ?? ''}`;
  let score = 0;
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = label.indexOf(word);
    if (at === 0) {
      score += 4;
    } else if (at > 0) {
      score += /[\s\-/_.]/.test(label[at - 1] ?? '') ? 3 : 2;
    } else if (all.includes(word)) {
      score += 1;
    } else {
      return undefined;
    }
  }
  return score;
}

/** The commands that fit, the best first; equals keep their order. */
export function filterCommands(commands: Command[], text: string, most = 12): Command[] {
  return commands
    .map((command, index) => ({ command, index, score: scoreOf(command, text) }))
    .filter((one) => one.score !== undefined)
    .sort((left, right) => right.score! - left.score! || left.index - right.index)
    .slice(0, most)
    .map((one) => one.command);
}

/** A run's id that was pasted, with or without what stands around it in a log or an address. */
export function runIdIn(text: string): string | undefined {
  return /run_[a-z0-9]{10,40}/i.exec(text)?.[0];
}
