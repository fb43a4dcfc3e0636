import { useState } from 'react';
import { IconButton } from '../../ui/Button';
import menu from '../../ui/menu.module.css';
import { Popover } from '../../ui/Popover';
import { hasFilters, parseFilters, type RunFilters, writeFilters } from './filters';
import styles from './SavedViews.module.css';
import { BUILT_IN, readViews, type SavedView, withView, writeViews } from './views';

interface Props {
  filters: RunFilters;
  onChoose(filters: RunFilters): void;
}

/** Filters under a name. They are kept in this browser; the address shares them with others. */
export function SavedViews({ filters, onChoose }: Props) {
  const [own, setOwn] = useState(readViews);
  const [name, setName] = useState('');
  const search = writeFilters(new URLSearchParams(), filters).toString();
  const change = (views: SavedView[]) => {
    writeViews(views);
    setOwn(views);
  };
  const chosen = [...BUILT_IN, ...own].find((view) => normal(view.search) === search && search !== '');
  return (
    <Popover label="Saved views" icon="bookmark" trigger={chosen?.name ?? 'Views'} isActive={chosen !== undefined}>
      {(close) => (
        <>
          {BUILT_IN.map((view) => (
            <ViewLine key={view.name} view={view} isChosen={view === chosen} onChoose={() => choose(view, close)} />
          ))}
          {own.length > 0 && <hr className={menu.rule} />}
          {own.map((view) => (
            <ViewLine
              key={view.name}
              view={view}
              isChosen={view === chosen}
              onChoose={() => choose(view, close)}
              onDelete={() => change(own.filter((one) => one !== view))}
            />
          ))}
          {hasFilters(filters) && chosen === undefined && (
            <form
              className={styles.save}
              onSubmit={(event) => {
                event.preventDefault();
                if (name.trim() !== '') {
                  change(withView(own, { name: name.trim(), search }));
                  setName('');
                  close();
                }
              }}
            >
              <input
                type="text"
                aria-label="Name of the view"
                placeholder="Save these filters as…"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
              <IconButton type="submit" icon="tick" label="Save view" />
            </form>
          )}
        </>
      )}
    </Popover>
  );

  function choose(view: SavedView, close: () => void) {
    onChoose(parseFilters(new URLSearchParams(view.search)));
    close();
  }
}

function normal(search: string): string {
  return writeFilters(new URLSearchParams(), parseFilters(new URLSearchParams(search))).toString();
}

interface LineProps {
  view: SavedView;
  isChosen: boolean;
  onChoose(): void;
  onDelete?: () => void;
}

function ViewLine({ view, isChosen, onChoose, onDelete }: LineProps) {
  return (
    <div className={styles.line}>
      <button type="button" className={menu.item} aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
        {view.name}
      </button>
      {onDelete && <IconButton icon="close" label={`Delete view ${view.name}`} onClick={onDelete} />}
    </div>
  );
}
