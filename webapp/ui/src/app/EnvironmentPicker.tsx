import { Link, useLocation } from 'react-router';
import { Icon } from '../ui/Icon';
import menu from '../ui/menu.module.css';
import { Popover } from '../ui/Popover';
import styles from './EnvironmentPicker.module.css';
import { type Environment, useSession } from './session';

export function EnvironmentPicker({ current }: { current: Environment | undefined }) {
  const { environments } = useSession();
  const page = pageOf(useLocation().pathname);
  return (
    <Popover
      label={`Environment: ${current ? current.name : 'none'}`}
      isBlock
      trigger={
        <span className={styles.current}>
          <Dot type={current?.type} />
          <span className={styles.name}>{current ? current.name : 'Choose an environment'}</span>
        </span>
      }
    >
      {(close) =>
        environments.map((environment, index) => (
          <div key={environment.id}>
            {environment.project.ref !== environments[index - 1]?.project.ref && (
              <div className={menu.heading}>{environment.project.name}</div>
            )}
            <Link
              to={`/envs/${environment.slug}/${page}`}
              className={menu.item}
              aria-current={environment.id === current?.id ? 'true' : undefined}
              onClick={close}
            >
              <Dot type={environment.type} />
              {environment.name}
              <span className={menu.end}>
                {environment.id === current?.id ? <Icon name="tick" /> : environment.shortName}
              </span>
            </Link>
          </div>
        ))
      }
    </Popover>
  );
}

/** The page that is on screen, so that another environment shows the same. Single runs belong to one environment. */
export function pageOf(path: string): string {
  const [, root, , page] = path.split('/');
  return root === 'envs' && page ? page : 'runs';
}

function Dot({ type }: { type: string | undefined }) {
  return <span className={styles.dot} data-type={type} aria-hidden="true" />;
}
