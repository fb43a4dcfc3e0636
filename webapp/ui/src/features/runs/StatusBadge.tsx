import { Badge } from '../../ui/Badge';
import { lookOf } from './status';

export function StatusBadge({ status }: { status: string }) {
  const { label, tone, icon, isSpinning, meaning } = lookOf(status);
  return <Badge tone={tone} icon={icon} isSpinning={isSpinning ?? false} label={label} title={meaning} />;
}
