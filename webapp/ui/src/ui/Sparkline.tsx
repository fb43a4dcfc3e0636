import styles from './Sparkline.module.css';

export interface Bar {
  total: number;
  failed: number;
}

const STEP = 5;
const WIDTH = 4;
const HEIGHT = 22;

/** One bar an hour; its red part did not succeed. The numbers are said in words to those who cannot see it. */
export function Sparkline({ bars, label }: { bars: Bar[]; label: string }) {
  const most = Math.max(1, ...bars.map((bar) => bar.total));
  return (
    <svg
      className={styles.chart}
      width={bars.length * STEP}
      height={HEIGHT}
      viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {bars.map((bar, index) => {
        const height = bar.total === 0 ? 1 : Math.max(2, (bar.total / most) * HEIGHT);
        const failed = bar.failed === 0 ? 0 : Math.max(2, (bar.failed / most) * HEIGHT);
        return (
          <g key={index}>
            <rect
              x={index * STEP}
              y={HEIGHT - height}
              width={WIDTH}
              height={height}
              rx={1}
              className={bar.total === 0 ? styles.none : styles.good}
            />
            {failed > 0 && (
              <rect x={index * STEP} y={HEIGHT - failed} width={WIDTH} height={failed} rx={1} className={styles.bad} />
            )}
          </g>
        );
      })}
    </svg>
  );
}
