import { useLoaded } from '../../lib/useLoaded';
import { Dialog } from '../../ui/Dialog';
import { Listing } from '../../ui/Listing';
import { fetchTimes, type ScheduleItem } from './api';
import { TimeList } from './TimeList';

export function TimesDialog({ schedule, onClose }: { schedule: ScheduleItem; onClose(): void }) {
  const { expression } = schedule.generator;
  const times = useLoaded((signal) => fetchTimes(expression, schedule.timezone, signal), schedule.id);
  return (
    <Dialog title={`Next runs of ${schedule.task}`} onClose={onClose}>
      <Listing of={times} label="times" isEmpty={({ next }) => next.length === 0} empty={<p>It never comes due.</p>}>
        {(data) => (
          <>
            <p>
              {data.description} · {schedule.timezone}
            </p>
            <TimeList times={data.next} zone={schedule.timezone} />
          </>
        )}
      </Listing>
    </Dialog>
  );
}
