/** The mark: an h whose leg hops back and closes into a b. */
export function LogoMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8.5" fill="var(--hb-accent)" />
      <g fill="none" strokeWidth="3.1" strokeLinecap="round">
        <path d="M9.8 6.5v19M9.8 17.5c0-4 2.8-6.2 6.1-6.2 3.9 0 6.5 2.7 6.5 6.6" stroke="#fff" />
        <path d="M22 21.6c-.9 2.4-3.2 3.9-6.1 3.9" stroke="#A9C0FF" />
      </g>
    </svg>
  );
}
