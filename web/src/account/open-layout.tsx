import { type ReactNode, useEffect, useRef } from 'react';
import { LogoMark } from '../app/logo';
import styles from './open-layout.module.css';

/** A page for people who are not signed in: the logo, and a card. A title that changes gets the focus, so that it is read. */
export function OpenLayout({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(title);
  useEffect(() => {
    document.title = `${title} · Hopback`;
    if (shown.current !== title) heading.current?.focus();
    shown.current = title;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.brand}>
        <LogoMark size={30} />
        <span>Hopback</span>
      </header>
      <main className={styles.card}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}

/** Between the ways to sign in. */
export function Or({ children }: { children: string }) {
  return <p className={styles.or}>{children}</p>;
}
