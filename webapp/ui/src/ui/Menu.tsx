import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import menu from './menu.module.css';
import { Popover } from './Popover';

export interface MenuItem {
  label: string;
  icon: IconName;
  isDisabled?: boolean;
  onSelect(): void;
}

interface Props {
  label: string;
  trigger: ReactNode;
  items: MenuItem[];
  hint?: string | undefined;
}

/** What can be done with one thing, behind one button. */
export function Menu({ label, trigger, items, hint }: Props) {
  return (
    <Popover label={label} trigger={trigger} align="end">
      {(close) => (
        <>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              className={menu.item}
              disabled={item.isDisabled}
              onClick={() => {
                close();
                item.onSelect();
              }}
            >
              <Icon name={item.icon} />
              {item.label}
            </button>
          ))}
          {hint && <p className={menu.hint}>{hint}</p>}
        </>
      )}
    </Popover>
  );
}
