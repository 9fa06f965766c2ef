import { classes } from '../classes';
import { endToast, type Toast, useToasts } from './toasts-state';
import styles from './toasts.module.css';

/** The messages at the bottom left. Screen readers say them; the line at their end runs out with their time. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastLine({ toast: { id, text, isError, action, durationMs, progress } }: { toast: Toast }) {
  return (
    <div className={classes(styles.toast, isError && styles.error)}>
      <span className="grow">{text}</span>
      {action === undefined ? null : (
        <button
          type="button"
          onClick={() => {
            endToast(id);
            action.act();
          }}
        >
          {action.label}
        </button>
      )}
      {progress === undefined ? (
        <span className={classes(styles.rest, styles.runsOut)} style={{ animationDuration: `${durationMs}ms` }} />
      ) : (
        <span className={styles.rest} style={{ transform: `scaleX(${progress})` }} />
      )}
    </div>
  );
}
