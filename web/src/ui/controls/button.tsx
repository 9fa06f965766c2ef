import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes';
import { Kbd } from './kbd';
import styles from './button.module.css';

interface Look {
  /** `primary`: the one main act of a view. `quiet`: without a border. `danger`: what takes something away. */
  look?: 'primary' | 'quiet' | 'danger' | undefined;
  isSmall?: boolean | undefined;
  isWide?: boolean | undefined;
  icon?: ReactNode;
  /** The keys that do the same, such as `Ctrl ↵`. */
  keys?: string | undefined;
}

/** The class names of a button, for elements that look like one. */
export function buttonClass({ look, isSmall, isWide }: Look, isIconOnly = false): string {
  return classes(
    styles.button,
    look && styles[look],
    isSmall && styles.small,
    isWide && styles.wide,
    isIconOnly && styles.iconOnly,
  );
}

type ButtonProps = Look &
  Omit<ComponentProps<'button'>, 'className'> & {
    /** The act runs: the button keeps its width, and cannot be pressed again. */
    isBusy?: boolean | undefined;
    className?: string | undefined;
  };

/** A button. `type` is `button` unless it says otherwise. */
export function Button({ look, isSmall, isWide, icon, keys, isBusy, children, className, ...rest }: ButtonProps) {
  const isIconOnly = children === undefined;
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || isBusy === true}
      aria-busy={isBusy === true || undefined}
      className={classes(buttonClass({ look, isSmall, isWide }, isIconOnly), className)}
    >
      {isBusy === true ? <span className={styles.spinner} aria-hidden="true" /> : icon}
      {children}
      {keys === undefined ? null : <Kbd isOnButton>{keys}</Kbd>}
    </button>
  );
}

/** A link of this application that looks like a button. */
export function ButtonLink({
  look,
  isSmall,
  isWide,
  icon,
  children,
  ...rest
}: Look & LinkProps & { children?: ReactNode; 'aria-label'?: string; title?: string }) {
  return (
    <Link {...rest} className={buttonClass({ look, isSmall, isWide }, children === undefined)}>
      {icon}
      {children}
    </Link>
  );
}

/** Buttons that belong together, without gaps. */
export function ButtonGroup({ children, label }: { children: ReactNode; label: string }) {
  return (
    <span className={styles.group} role="group" aria-label={label}>
      {children}
    </span>
  );
}
